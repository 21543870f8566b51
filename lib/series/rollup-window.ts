import type { FailureRun } from '#lib/schemas/history';
import type { Columns } from './downsample.ts';
import type { Rollup } from './rollup.ts';
import { isGap } from './window.ts';

type Spacing = {
  bucketMs: number;
  /** Between two invocations. */
  periodMs: number;
  /** Nothing is drawn later than this: the newest bucket is still open. */
  newestAt: number;
};

/**
 * Buckets as columns that share their times. Each bucket is two rows, its minimum and its maximum in the order in which
 * they came. A bucket of failures alone, and the time in which nothing ran, are `null`.
 */
export function rollupColumns(buckets: readonly Rollup[], spacing: Spacing): Columns {
  const { times, rows } = layOut(buckets, spacing);
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
  return { times, series: [...columns].map(([name, values]) => ({ name, values })) };
}

/** The times of all rows, and which row each bucket starts at. */
function layOut(buckets: readonly Rollup[], { bucketMs, periodMs, newestAt }: Spacing) {
  const times: number[] = [];
  const rows: number[] = [];
  let previous: number | undefined;
  for (const { start } of buckets) {
    const end = previous === undefined ? start : previous + bucketMs;
    if (isMissing(end, start, { bucketMs, periodMs })) times.push(end);
    rows.push(times.length);
    // The open bucket ends with what is newest, so that a live curve goes on from there.
    const last = newestAt - start < bucketMs ? newestAt : start + (bucketMs * 3) / 4;
    times.push(Math.min(start + bucketMs / 4, last), last);
    previous = start;
  }
  return { times, rows };
}

/** Whether something should have run between the end of one bucket and the start of a later one. */
export function isMissing(end: number, start: number, { bucketMs, periodMs }: Omit<Spacing, 'newestAt'>): boolean {
  return start > end && (periodMs < bucketMs / 2 || isGap(end - bucketMs, start, periodMs));
}

/** Runs of failures, oldest first; what is closer together than a bucket is one run. */
export function rollupFailureRuns(buckets: readonly Rollup[], { bucketMs, periodMs }: Spacing): FailureRun[] {
  const runs: FailureRun[] = [];
  for (const { failures } of buckets) {
    if (failures === null) continue;
    const last = runs.at(-1);
    const goesOn =
      last?.message === failures.message &&
      last.version === failures.version &&
      failures.from - last.to <= Math.max(bucketMs, 2 * periodMs);
    if (!goesOn) runs.push({ ...failures });
    else {
      last.to = failures.to;
      last.count += failures.count;
    }
  }
  return runs;
}
