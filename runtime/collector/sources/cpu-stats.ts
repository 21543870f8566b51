import { readFile } from 'node:fs/promises';
import type { Metrics, Roots, Source } from './source.ts';

const COUNTERS = { ctx_switches: 'ctxt', interrupts: 'intr', soft_interrupts: 'softirq' };

/** Counts since boot, as psutil's `cpu_stats()`; Linux does not count system calls, so psutil says 0. */
export function parseCpuStats(stat: string): Metrics {
  const metrics = new Map<string, bigint>();
  for (const [name, word] of Object.entries(COUNTERS)) {
    const digits = new RegExp(`^${word} (\\d+)`, 'm').exec(stat)?.[1];
    if (digits !== undefined) metrics.set(`cpu_stats-${name}`, BigInt(digits));
  }
  return metrics.set('cpu_stats-syscalls', 0n);
}

export function createCpuStatsSource({ proc }: Roots): Source {
  return { name: 'cpu stats', read: async () => parseCpuStats(await readFile(`${proc}/stat`, 'utf8')) };
}
