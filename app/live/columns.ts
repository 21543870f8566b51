import type { SeriesWindow } from '#lib/schemas/history';
import { spansOf, timesOf, valuesOf } from '#lib/series/spans';
import { isGap } from '#lib/series/window';

/** Series that share their times, changed in place: at 128 CPUs a copy per second would be all the work there is. */
export type Columns = { times: number[]; values: Map<string, (number | null)[]> };

/** A result may invent new names for ever; a page shows no more than this. */
const MAX_SERIES = 1_024;

export function columnsOf(window: Pick<SeriesWindow, 'times' | 'series'>): Columns {
  return {
    times: [...window.times],
    values: new Map(window.series.map(({ name, values }) => [name, [...values]])),
  };
}

/** How far apart rows are: invocations by the period, those of a rolled-up tier by its buckets. */
export type RowSpacing = { periodMs: number; bucketMs: number };

/** Adds one invocation; a pause before it becomes a gap. Says whether a series is new. */
export function addRow(
  columns: Columns,
  at: number,
  numbers: ReadonlyMap<string, number>,
  spacing: RowSpacing,
): boolean {
  const { times, values } = columns;
  const { periodMs, bucketMs } = spacing;
  const previous = times.at(-1);
  if (previous !== undefined && isGap(previous, at, periodMs, bucketMs))
    addRow(columns, previous + periodMs, new Map(), spacing);
  const row = times.push(at) - 1;
  let isNew = false;
  for (const name of numbers.keys()) {
    if (values.has(name) || values.size >= MAX_SERIES) continue;
    values.set(name, new Array<null>(row).fill(null));
    isNew = true;
  }
  for (const [name, column] of values) column.push(numbers.get(name) ?? null);
  return isNew;
}

/** Forgets what is older, except for one row that leads the line in from the left. */
export function dropBefore({ times, values }: Columns, from: number): void {
  let rows = 0;
  while ((times[rows + 1] ?? Number.POSITIVE_INFINITY) <= from) rows += 1;
  if (rows === 0) return;
  times.splice(0, rows);
  for (const column of values.values()) column.splice(0, rows);
}

/** Forgets the rows between two times. */
export function dropBetween({ times, values }: Columns, from: number, to: number): void {
  const first = times.findIndex((at) => at > from);
  if (first === -1) return;
  let rows = 0;
  while ((times[first + rows] ?? to) < to) rows += 1;
  times.splice(first, rows);
  for (const column of values.values()) column.splice(first, rows);
}

/**
 * Leaves the two rows with every series' extremes of each stretch of time, gaps that are longer, and the newest row as it
 * is. Stretches are told by the clock, so that thinning again and again loses nothing more.
 */
export function thin(columns: Columns, stretchMs: number): void {
  const { times, values } = columns;
  const newestAt = times.at(-1) ?? 0;
  const series = [...values.values()];
  const isEmpty = (row: number) => series.every((column) => (column[row] ?? null) === null);
  const spans = spansOf({ times, isEmpty }, stretchMs, (at) => (at < newestAt ? Math.floor(at / stretchMs) : newestAt));
  columns.times = spans.flatMap((span) => timesOf(times, span));
  for (const [name, column] of values)
    values.set(
      name,
      spans.flatMap((span) => valuesOf(column, span)),
    );
}

export type Extent = { low: number; high: number };

/** The least and the greatest value of a column; null when it has none. */
export function extentOf(column: readonly (number | null)[]): Extent | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of column) {
    if (value === null) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : null;
}

/** The row whose time is nearest; -1 when there is none. */
export function nearestRow(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  const before = times[low - 1];
  const here = times[low];
  if (here === undefined) return -1;
  return before !== undefined && at - before < here - at ? low - 1 : low;
}

/** The nearest row among those within a frame; -1 when there is none. */
export function rowWithin(times: readonly number[], at: number, { from, to }: { from: number; to: number }): number {
  let row = nearestRow(times, Math.min(Math.max(at, from), to));
  while ((times[row] ?? from) < from) row += 1;
  while ((times[row] ?? to) > to) row -= 1;
  return (times[row] ?? Number.NEGATIVE_INFINITY) >= from ? row : -1;
}
