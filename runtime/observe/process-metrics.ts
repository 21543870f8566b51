import { Counter, Gauge, Registry } from '@prometheus-io/client';
import program from '../../package.json' with { type: 'json' };

/**
 * A registry with what every process says of itself, read when somebody asks. The client library's own defaults have timers
 * that would wake an idle process a hundred times a second.
 */
export function processRegistry(role: string): Registry {
  const registry = new Registry();
  const registers = [registry];
  new Gauge({
    name: 'vigia_build_info',
    help: 'Which Vigia this is, and the role that the process plays.',
    labelNames: ['version', 'node', 'role'],
    registers,
  }).set({ version: program.version, node: process.versions.node, role }, 1);
  new Gauge({
    name: 'process_start_time_seconds',
    help: 'When the process started.',
    registers,
  }).set(Math.round(Date.now() / 1000 - process.uptime()));
  new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Memory of the process.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'CPU time of the process.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  return registry;
}
