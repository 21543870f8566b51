import type { Rollup } from './rollup.ts';

type Spacing = { bucketMs: number; periodMs: number; newestAt: number | null };
/** What a counter read last in a bucket; `begins`: no line leads to it, since something is missing or it began anew. */
type Reading = { bucket: number; at: number; value: number; begins: boolean };
type Tier = { times: readonly number[]; rows: readonly number[]; hasGapBefore: readonly boolean[] };

/** How much longer than the period the usual step is for somebody to mean it so. */
const SLOWER = 1.3;

/**
 * When each bucket's last value was read. Roll-ups do not say, so it is told by the steps at which the function runs: the
 * last one in the bucket, an earlier one where it stopped or failed.
 */
export function lastReadAt(
  buckets: readonly Rollup[],
  hasGapBefore: readonly boolean[],
  { bucketMs, periodMs, newestAt }: Spacing,
): number[] {
  const step = usualStepIn(buckets, bucketMs, periodMs);
  const phase = newestAt ?? 0;
  return buckets.map((bucket, index) => {
    const { start, failures } = bucket;
    const end = start + bucketMs - 1;
    const stopped = index === buckets.length - 1 || hasGapBefore[index + 1] === true;
    const began = hasGapBefore[index] === true;
    const firstAt = start + modulo(phase - start, step);
    const gridAt = end - modulo(end - phase, step);
    const isOpen = newestAt !== null && newestAt - start < bucketMs;
    const stoppedAt = stopped && !began ? firstAt + (countOf(bucket) - 1) * step : gridAt;
    const lastAt = isOpen ? newestAt : Math.min(gridAt, stoppedAt);
    const failedLast = failures !== null && failures.to > lastAt - step / 2;
    return Math.max(start, failedLast ? failures.to - failures.count * step : lastAt);
  });
}

/** What a counter's rows are: what it read at their times, on the line between the last readings of the buckets. */
export function counterValues(readings: readonly Reading[], { times, rows }: Tier): (number | null)[] {
  const values = new Array<number | null>(times.length).fill(null);
  for (const [index, reading] of readings.entries()) {
    const before = reading.begins ? undefined : readings[index - 1];
    const next = readings[index + 1];
    const after = next?.begins === false ? next : undefined;
    const row = rows[reading.bucket] ?? 0;
    for (const each of [row, row + 1]) {
      const at = times[each] ?? reading.at;
      const other = at > reading.at ? (after ?? before) : (before ?? after);
      values[each] =
        other === undefined ? reading.value : Math.max(Math.min(0, reading.value), onLine(reading, other, at));
    }
  }
  return values;
}

/** The readings of one series, given by bucket. */
export function readingsOf(
  lasts: ReadonlyMap<number, number>,
  readAt: readonly number[],
  hasGapBefore: readonly boolean[],
): Reading[] {
  return [...lasts].map(([bucket, value]) => {
    const before = lasts.get(bucket - 1);
    const begins = before === undefined || before > value || hasGapBefore[bucket] === true;
    return { bucket, at: readAt[bucket] ?? 0, value, begins };
  });
}

function onLine(a: Reading, b: Reading, at: number): number {
  return a.at === b.at ? a.value : a.value + ((b.value - a.value) * (at - a.at)) / (b.at - a.at);
}

/** The time between two invocations: the period, unless a function that is called on a change runs more seldom. */
function usualStepIn(buckets: readonly Rollup[], bucketMs: number, periodMs: number): number {
  const counts = buckets.map(countOf).sort((a, b) => a - b);
  const step = bucketMs / Math.max(1, counts[counts.length >> 1] ?? 1);
  return step < bucketMs && step > periodMs * SLOWER ? step : periodMs;
}

function countOf({ good, failures }: Rollup): number {
  return good + (failures?.count ?? 0);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
