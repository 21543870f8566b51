import { classify } from './classify.ts';
import { averagingSeconds, cpuFamily } from './cpu-family.ts';

type CpuSeries = { name: string; cpu: number };

/** Series that say the same thing about each CPU. */
export type CpuGroup = {
  family: string;
  /** The window that the name tells, in seconds. */
  seconds: number | null;
  /** In the order of the CPUs. */
  series: CpuSeries[];
};

export type SeriesGroups = {
  /** The group with the most CPUs first. */
  cpus: CpuGroup[];
  memoryCaching: string | null;
  networkEgress: string | null;
  /** Every other series, in the order of the result. */
  others: string[];
};

/** A number that tells when, not how much or how long: a curve of it says nothing. */
const TIME =
  /(?:(?:^|[._-])(?:timestamp|epoch)|(?:^|\.|(?:boot|start|end|creation|expiry|last[._a-z-]*)[_-])time)(?:[._-]?(?:ms|seconds))?$/i;

/** Sorts a result's series into what a page shows together. */
export function groupSeries(names: readonly string[]): SeriesGroups {
  const families = new Map<string, CpuGroup>();
  const groups: SeriesGroups = { cpus: [], memoryCaching: null, networkEgress: null, others: [] };
  for (const name of names) {
    const found = classify(name);
    if (found.kind === 'cpu') {
      const family = cpuFamily(name);
      const group = families.get(family) ?? { family, seconds: averagingSeconds(name), series: [] };
      families.set(family, group);
      group.series.push({ name, cpu: found.cpu });
    } else if (found.kind === 'percent' && found.metric === 'memory-caching' && groups.memoryCaching === null) {
      groups.memoryCaching = name;
    } else if (found.kind === 'percent' && found.metric === 'network-egress' && groups.networkEgress === null) {
      groups.networkEgress = name;
    } else if (!TIME.test(name)) groups.others.push(name);
  }
  groups.cpus = [...families.values()].sort((a, b) => b.series.length - a.series.length);
  for (const group of groups.cpus) group.series.sort((a, b) => a.cpu - b.cpu);
  return groups;
}
