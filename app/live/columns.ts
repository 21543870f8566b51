import type { SeriesWindow } from '#lib/schemas/history';
import { extremes } from '#lib/series/downsample';
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

/** Adds one invocation; a pause before it becomes a gap. Says whether a series is new. */
export function addRow(columns: Columns, at: number, numbers: ReadonlyMap<string, number>, periodMs: number): boolean {
  const { times, values } = columns;
  const previous = times.at(-1);
  if (previous !== undefined && isGap(previous, at, periodMs))
    addRow(columns, previous + periodMs, new Map(), periodMs);
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

/**
 * Leaves at most two rows of each stretch of time, which hold every series' extremes in it; the newest stretch stays as
 * it is. Stretches are told by the clock, so that thinning again and again loses nothing more.
 */
export function thin(columns: Columns, stretchMs: number): void {
  const { times } = columns;
  const spans: { start: number; end: number }[] = [];
  for (const [row, at] of times.entries()) {
    const open = spans.at(-1);
    const isSame =
      open !== undefined && Math.floor((times[open.start] ?? 0) / stretchMs) === Math.floor(at / stretchMs);
    if (isSame) open.end = row + 1;
    else spans.push({ start: row, end: row + 1 });
  }
  const isKept = ({ start, end }: { start: number; end: number }) => end - start <= 2 || end === times.length;
  columns.times = spans.flatMap((span) =>
    isKept(span) ? times.slice(span.start, span.end) : [times[span.start] ?? 0, times[span.end - 1] ?? 0],
  );
  for (const [name, column] of columns.values) {
    columns.values.set(
      name,
      spans.flatMap((span) =>
        isKept(span) ? column.slice(span.start, span.end) : extremes(column, span.start, span.end),
      ),
    );
  }
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
