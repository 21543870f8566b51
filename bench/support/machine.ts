import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

export type Machine = {
  cpu: string;
  cores: number;
  memoryGiB: number;
  kernel: string;
  node: string;
  /** 1, 5 and 15 minutes, when the benchmark started. */
  load: number[];
};

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 1024 ** 3),
    kernel: release(),
    node: process.version,
    load: loadavg().map((load) => Math.round(load * 100) / 100),
  };
}

const LOOK_MS = 300;

/** The CPU that did least over a moment: others on this machine also have work to do. */
export async function quietestCpu(): Promise<number> {
  const before = idleTimes();
  await sleep(LOOK_MS);
  const idle = [...idleTimes()].map(([cpu, time]) => ({ cpu, idle: time - (before.get(cpu) ?? time) }));
  return idle.sort((a, b) => b.idle - a.idle)[0]?.cpu ?? 0;
}

/** Idle clock ticks of each CPU that this process may use. */
function idleTimes(): Map<number, number> {
  const allowed = allowedCpus();
  const lines = readFileSync('/proc/stat', 'utf8').matchAll(/^cpu(\d+) (?:\d+ ){3}(\d+)/gm);
  return new Map(
    [...lines].map(([, cpu, idle]) => [Number(cpu), Number(idle)] as const).filter(([cpu]) => allowed(cpu)),
  );
}

function allowedCpus(): (cpu: number) => boolean {
  const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '';
  const ranges = list.split(',').map((range) => range.split('-').map(Number));
  return (cpu) => ranges.some(([from = 0, to = from]) => cpu >= from && cpu <= to);
}
