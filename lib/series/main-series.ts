import { classify, type SeriesClass } from './classify.ts';
import { groupSeries } from './group.ts';

/** The series that says most about a function: the mean of its CPUs, a percentage, or the first number there is. */
export type MainSeries = {
  /** Null for the mean of several. */
  name: string | null;
  kind: SeriesClass['kind'];
  /** What its value is the mean of. */
  of: readonly string[];
};

/** Null when there is no number at all. */
export function mainSeries(names: readonly string[]): MainSeries | null {
  const { cpus, memoryCaching, networkEgress, others } = groupSeries(names);
  const [group] = cpus;
  if (group !== undefined) return { name: null, kind: 'cpu', of: group.series.map(({ name }) => name) };
  const name = memoryCaching ?? networkEgress ?? others[0];
  return name === undefined ? null : { name, kind: classify(name).kind, of: [name] };
}

/** Its value among one result's numbers; null when they have none of it. */
export function mainValue({ of }: MainSeries, numberOf: (name: string) => number | null | undefined): number | null {
  let [sum, count] = [0, 0];
  for (const name of of) {
    const value = numberOf(name);
    if (value === null || value === undefined) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? null : sum / count;
}
