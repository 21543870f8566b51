import { readFile } from 'node:fs/promises';
import { roundToTenth } from './round-to-tenth.ts';
import type { Roots, Source } from './source.ts';

/** Columns of a `cpuN` line. The two after them, guest and guest_nice, are already part of user and nice. */
const FIELDS = ['user', 'nice', 'system', 'idle', 'iowait', 'irq', 'softirq', 'steal'] as const;
const NOT_BUSY = new Set([FIELDS.indexOf('idle'), FIELDS.indexOf('iowait')]);

type CpuTimes = readonly number[];

/** Clock ticks per field, by the kernel's number of the CPU; a CPU that is offline has no line. */
export function parseCpuTimes(stat: string): Map<number, CpuTimes> {
  const lines = stat.matchAll(/^cpu(\d+) ([\d ]+)$/gm);
  return new Map(
    [...lines].map(([, cpu, fields = '']) => [
      Number(cpu),
      fields.trim().split(/\s+/).slice(0, FIELDS.length).map(Number),
    ]),
  );
}

/**
 * Share of the time between two readings in which a CPU did something, 0 to 100, as psutil's
 * `cpu_percent(percpu=True)`: a field that went backwards did not move, and 0 when no time passed.
 */
export function cpuPercent(before: CpuTimes, after: CpuTimes): number {
  let total = 0;
  let busy = 0;
  for (const [field, ticks] of after.entries()) {
    const delta = Math.max(0, ticks - (before[field] ?? 0));
    total += delta;
    if (!NOT_BUSY.has(field)) busy += delta;
  }
  return total === 0 ? 0 : roundToTenth((busy / total) * 100);
}

/**
 * `cpu_percent-N` over the time since the last reading. N counts the CPUs that are online, as psutil does, while the
 * kernel's numbers pair the readings. A CPU without an earlier reading is left out for once.
 */
export function createCpuSource({ proc }: Roots): Source {
  let last = new Map<number, CpuTimes>();
  return {
    name: 'cpu',
    read: async () => {
      const before = last;
      last = parseCpuTimes(await readFile(`${proc}/stat`, 'utf8'));
      const metrics = new Map<string, number>();
      for (const [position, [cpu, times]] of [...last].entries()) {
        const earlier = before.get(cpu);
        if (earlier !== undefined) metrics.set(`cpu_percent-${position}`, cpuPercent(earlier, times));
      }
      return metrics;
    },
  };
}
