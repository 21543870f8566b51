import type { FailureRun } from '#lib/schemas/history';
import { countsUp, isCounterName } from './counter.ts';
import { counterValues, lastReadAt, readingsOf } from './counter-rows.ts';
import type { Columns } from './downsample.ts';
import type { Rollup } from './rollup.ts';
import { spacingAround } from './usual.ts';
import { isGap } from './window.ts';

type Spacing = {
  bucketMs: number;
  /** Between two invocations. */
  periodMs: number;
  /** Nothing is drawn later than this: the newest bucket is still open. */
  newestAt: number;
  /** Whether the newest bucket holds later invocations, too: the range ends in the past. */
  isPast?: boolean;
};

/**
 * Buckets as columns that share their times. Each bucket is two rows, its minimum and its maximum in the order in which
 * they came; of a counter, what it read at their times, so that how fast it grew is the same between any two of them. A
 * bucket of failures alone, and the time in which nothing ran, are `null`.
 */
export function rollupColumns(buckets: readonly Rollup[], spacing: Spacing): Columns {
  const layout = layOut(buckets, spacing);
  const { times, rows } = layout;
  const columns = new Map<string, (number | null)[]>();
  const columnFor = (name: string) => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const column = new Array<number | null>(times.length).fill(null);
    columns.set(name, column);
    return column;
  };
  // Nearly all buckets share one list of names, so it is looked up once.
  let names: readonly string[] = [];
  let found: (number | null)[][] = [];
  for (const [index, bucket] of buckets.entries()) {
    if (bucket.names !== names) {
      names = bucket.names;
      found = names.map(columnFor);
    }
    const row = rows[index] ?? 0;
    for (const [position, { min, max, maxFirst }] of bucket.series.entries()) {
      const column = found[position] ?? [];
      column[row] = maxFirst ? max : min;
      column[row + 1] = maxFirst ? min : max;
    }
  }
  for (const [name, values] of counterColumns(buckets, layout, spacing)) columns.set(name, values);
  return { times, series: [...columns].map(([name, values]) => ({ name, values })) };
}

function counterColumns(buckets: readonly Rollup[], layout: Layout, spacing: Spacing): [string, (number | null)[]][] {
  const lasts = lastsOfCounters(buckets);
  if (lasts.size === 0) return [];
  const { bucketMs, periodMs, newestAt, isPast = false } = spacing;
  const readAt = lastReadAt(buckets, layout.hasGapBefore, { bucketMs, periodMs, newestAt: isPast ? null : newestAt });
  return [...lasts]
    .filter(([, last]) => countsUp([...last.values()]))
    .map(([name, last]) => [name, counterValues(readingsOf(last, readAt, layout.hasGapBefore), layout)]);
}

/** What is called like a counter: its last value in each bucket that has one. */
function lastsOfCounters(buckets: readonly Rollup[]): Map<string, Map<number, number>> {
  const lasts = new Map<string, Map<number, number>>();
  let names: readonly string[] = [];
  let counters: { name: string; position: number }[] = [];
  for (const [index, bucket] of buckets.entries()) {
    if (bucket.names !== names) {
      names = bucket.names;
      counters = names.map((name, position) => ({ name, position })).filter(({ name }) => isCounterName(name));
    }
    for (const { name, position } of counters) {
      const last = bucket.series[position]?.last;
      if (last === undefined) continue;
      const known = lasts.get(name) ?? new Map<number, number>();
      lasts.set(name, known.set(index, last));
    }
  }
  return lasts;
}

type Layout = { times: number[]; rows: number[]; hasGapBefore: boolean[] };

/** The times of all rows, which row each bucket starts at, and before which ones nothing ran. */
function layOut(buckets: readonly Rollup[], { bucketMs, periodMs, newestAt }: Spacing): Layout {
  const times: number[] = [];
  const rows: number[] = [];
  const hasGapBefore: boolean[] = [];
  const starts = buckets.map(({ start }) => start);
  let previous: number | undefined;
  for (const [index, start] of starts.entries()) {
    const end = previous === undefined ? start : previous + bucketMs;
    const isAfterGap =
      isMissing(end, start, { bucketMs, periodMs }) &&
      isMissing(end, start, spacingAround(starts, index, { bucketMs, periodMs }));
    if (isAfterGap) times.push(end);
    hasGapBefore.push(isAfterGap);
    rows.push(times.length);
    // The open bucket ends with what is newest, so that a live curve goes on from there.
    const last = newestAt - start < bucketMs ? newestAt : start + (bucketMs * 3) / 4;
    times.push(Math.min(start + bucketMs / 4, last), last);
    previous = start;
  }
  return { times, rows, hasGapBefore };
}

/** Whether something should have run between the end of one bucket and the start of a later one. */
export function isMissing(end: number, start: number, { bucketMs, periodMs }: Omit<Spacing, 'newestAt'>): boolean {
  return start > end && (periodMs < bucketMs / 2 || isGap(end - bucketMs, start, periodMs));
}

/** Runs of failures, oldest first; what is closer together than a bucket is one run, and what nothing good lies between. */
export function rollupFailureRuns(
  buckets: readonly Rollup[],
  { bucketMs, periodMs }: Omit<Spacing, 'newestAt'>,
): FailureRun[] {
  const runs: FailureRun[] = [];
  let goodSince = false;
  for (const { good, failures } of buckets) {
    goodSince ||= good > 0;
    if (failures === null) continue;
    const last = runs.at(-1);
    const goesOn =
      last?.message === failures.message &&
      last.version === failures.version &&
      (!goodSince || failures.from - last.to <= Math.max(bucketMs, 2 * periodMs));
    goodSince = good > 0;
    if (!goesOn) runs.push({ ...failures });
    else {
      last.to = failures.to;
      last.count += failures.count;
    }
  }
  return runs;
}
