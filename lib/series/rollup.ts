import type { HistoryEntry, VersionStart } from '#lib/schemas/history';
import { MAX_SERIES, numbersIn } from './flatten.ts';

/** One series over one stretch of time. */
export type SeriesRollup = {
  count: number;
  min: number;
  mean: number;
  max: number;
  last: number;
  /** Whether the maximum came before the minimum. */
  maxFirst: boolean;
};

/** The failed invocations of a stretch of time; of several messages, the last. */
export type RolledFailures = {
  count: number;
  /** When the first and the last of them were written. */
  from: number;
  to: number;
  message: string;
  version: string;
};

/** Every invocation of one stretch of time, as one. */
export type Rollup = {
  /** Where the stretch begins, ms since the epoch. */
  start: number;
  /** How many invocations gave a result. */
  good: number;
  names: readonly string[];
  /** One for each name. */
  series: readonly SeriesRollup[];
  failures: RolledFailures | null;
  /** The version that it began with, and each one that took over within it. */
  versions: readonly VersionStart[];
};

export function bucketOf(at: number, bucketMs: number): number {
  return Math.floor(at / bucketMs) * bucketMs;
}

/** One invocation as a stretch of its own. */
export function rollupOf({ at, version, result, failure }: HistoryEntry): Rollup {
  const numbers = result === undefined ? new Map<string, number>() : numbersIn(result);
  return {
    start: at,
    good: result === undefined ? 0 : 1,
    names: [...numbers.keys()],
    series: Array.from(numbers.values(), (value) => ({
      count: 1,
      min: value,
      mean: value,
      max: value,
      last: value,
      maxFirst: false,
    })),
    failures: failure === undefined ? null : { count: 1, from: at, to: at, message: failure.message, version },
    versions: [{ at, version }],
  };
}

/** Two stretches as one; `b` is the later one. However a time is cut into stretches, merging them gives the same. */
export function merge(a: Rollup, b: Rollup): Rollup {
  return {
    start: a.start,
    good: a.good + b.good,
    ...mergeSeries(a, b),
    failures:
      a.failures === null || b.failures === null
        ? (b.failures ?? a.failures)
        : { ...b.failures, count: a.failures.count + b.failures.count, from: a.failures.from },
    versions: [...a.versions, ...b.versions].filter(({ version }, index, all) => version !== all[index - 1]?.version),
  };
}

/** Stretches in the order of their times, as one for each bucket in which anything happened. */
export function rollUp(stretches: Iterable<Rollup>, bucketMs: number): Rollup[] {
  const buckets: Rollup[] = [];
  for (const stretch of stretches) {
    const start = bucketOf(stretch.start, bucketMs);
    const open = buckets.at(-1);
    if (open?.start === start) buckets[buckets.length - 1] = merge(open, stretch);
    else buckets.push({ ...stretch, start });
  }
  return buckets;
}

function mergeSeries(a: Rollup, b: Rollup): Pick<Rollup, 'names' | 'series'> {
  if (b.names.length === 0) return { names: a.names, series: a.series };
  if (a.names.length === b.names.length && a.names.every((name, index) => name === b.names[index])) {
    return { names: a.names, series: a.series.map((before, index) => mergeOne(before, b.series[index])) };
  }
  const later = new Map(b.names.map((name, index) => [name, b.series[index]]));
  const known = new Set(a.names);
  const added = b.names.flatMap((name, index) => {
    const found = b.series[index];
    return known.has(name) || found === undefined ? [] : [{ name, found }];
  });
  added.splice(Math.max(0, MAX_SERIES - a.names.length));
  return {
    names: [...a.names, ...added.map(({ name }) => name)],
    series: [
      ...a.series.map((before, index) => mergeOne(before, later.get(a.names[index] ?? ''))),
      ...added.map(({ found }) => found),
    ],
  };
}

function mergeOne(a: SeriesRollup, b: SeriesRollup | undefined): SeriesRollup {
  if (b === undefined) return a;
  const count = a.count + b.count;
  const min = Math.min(a.min, b.min);
  const max = Math.max(a.max, b.max);
  // Rounding must not make the mean of a constant another number.
  const mean = Math.min(max, Math.max(min, a.mean * (a.count / count) + b.mean * (b.count / count)));
  const [minIsLater, maxIsLater] = [b.min < a.min, b.max > a.max];
  const maxFirst = minIsLater === maxIsLater ? (minIsLater ? b.maxFirst : a.maxFirst) : minIsLater;
  return { count, min, mean, max, last: b.last, maxFirst };
}
