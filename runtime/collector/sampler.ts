import { messageOf } from '#lib/errors';
import type { Log } from '#lib/log';
import { createCpuSource } from './sources/cpu.ts';
import { createCpuFrequencySource } from './sources/cpu-frequency.ts';
import { createCpuStatsSource } from './sources/cpu-stats.ts';
import { createMemorySource } from './sources/memory.ts';
import { createNetworkSource } from './sources/network.ts';
import { createProcessesSource } from './sources/processes.ts';
import type { Metrics, Roots } from './sources/source.ts';

/** Reads every source; one that fails is left out, and says why once until it works again. */
export function createSampler(roots: Roots, log: Log): () => Promise<Metrics> {
  const sources = [
    createCpuSource(roots),
    createCpuFrequencySource(roots),
    createCpuStatsSource(roots),
    createMemorySource(roots),
    createProcessesSource(roots),
    createNetworkSource(roots),
  ];
  const failing = new Set<string>();

  return async () => {
    const parts = await Promise.all(
      sources.map(async ({ name, read }) => {
        try {
          const metrics = await read();
          failing.delete(name);
          return [...metrics];
        } catch (error) {
          if (!failing.has(name)) log.warn({ source: name, reason: messageOf(error) }, `no metrics of ${name}`);
          failing.add(name);
          return [];
        }
      }),
    );
    return new Map(parts.flat());
  };
}
