type Values = readonly (number | null)[];
type Stretch = { from: number; to: number };

/** No more values than this say nothing of what is usual. */
const FEW = 4;
const LONGER = 1.5;

/**
 * How far apart two values of a series may be that a line joins though rows without it lie between them: nothing, unless it
 * is usual for this series to come only with every so manieth result.
 */
export function farthestJoined(times: readonly number[], values: Values): number {
  const rows = values.flatMap((value, row) => (value === null ? [] : [row]));
  if (rows.length * 1.25 > times.length || rows.length <= FEW) return 0;
  const steps = rows.slice(1).map((row, index) => row - (rows[index] ?? row));
  if (middleOf(steps) < 2) return 0;
  return LONGER * middleOf(rows.slice(1).map((row, index) => (times[row] ?? 0) - (times[rows[index] ?? row] ?? 0)));
}

/** Whether a line leads from one value to the next; it never does over what failed. */
export function areJoined({ from, to }: Stretch, farthest: number, failures: readonly Stretch[]): boolean {
  return to - from <= farthest && !failures.some((failed) => failed.to > from && failed.from < to);
}

function middleOf(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0;
}
