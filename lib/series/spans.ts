type Values = readonly (number | null)[];

/**
 * Rows of one stretch of time. `first` and `last` are those of them that hold anything: what stands for all of them must not be
 * told as of a time at which there was nothing. `gapAfter`: its last row opens a gap that goes on beyond it.
 */
export type Span = { start: number; end: number; first: number; last: number; gapAfter: boolean };

type Rows = { times: readonly number[]; isEmpty: (row: number) => boolean };

/** Cuts rows into stretches of time as wide as `widthMs`; `stretchOf` numbers them. */
export function spansOf({ times, isEmpty }: Rows, widthMs: number, stretchOf: (at: number) => number): Span[] {
  const spans: Span[] = [];
  for (let start = 0; start < times.length; ) {
    const stretch = stretchOf(times[start] ?? 0);
    let end = start + 1;
    while (end < times.length && stretchOf(times[end] ?? 0) === stretch) end++;
    const isLong = (times[end] ?? 0) - (times[end - 1] ?? 0) > widthMs;
    const gapAfter = end < times.length && isEmpty(end - 1) && (isLong || isEmpty(end));
    spans.push({ start, end, ...filledRows(start, end, isEmpty), gapAfter });
    start = end;
  }
  return spans;
}

/** All rows where all are empty: a gap begins and ends with them. */
function filledRows(start: number, end: number, isEmpty: Rows['isEmpty']): Pick<Span, 'first' | 'last'> {
  let [first, last] = [start, end - 1];
  while (first < end && isEmpty(first)) first++;
  if (first === end) return { first: start, last };
  while (isEmpty(last)) last--;
  return { first, last };
}

const isShort = ({ start, end }: Span): boolean => end - start <= 2;

export function rowsOf(spans: readonly Span[]): number {
  return spans.reduce((rows, span) => rows + (isShort(span) ? span.end - span.start : span.gapAfter ? 3 : 2), 0);
}

/** The times of the rows that a stretch becomes. */
export function timesOf(times: readonly number[], span: Span): number[] {
  const { start, end, first, last, gapAfter } = span;
  if (isShort(span)) return times.slice(start, end);
  const filled = [times[first] ?? 0, times[last] ?? 0];
  return gapAfter ? [...filled, times[end - 1] ?? 0] : filled;
}

/** What one series has in those rows. */
export function valuesOf(values: Values, span: Span): (number | null)[] {
  const { start, end, gapAfter } = span;
  if (isShort(span)) return Array.from({ length: end - start }, (_, row) => values[start + row] ?? null);
  return gapAfter ? [...extremes(values, start, end), null] : extremes(values, start, end);
}

/** The least and the greatest value of some rows, in the order in which they came. */
function extremes(values: Values, start: number, end: number): [number | null, number | null] {
  let low: number | null = null;
  let high: number | null = null;
  let lowAt = 0;
  let highAt = 0;
  for (let index = start; index < end; index++) {
    const value = values[index] ?? null;
    if (value === null) continue;
    if (low === null || value < low) [low, lowAt] = [value, index];
    if (high === null || value > high) [high, highAt] = [value, index];
  }
  return lowAt <= highAt ? [low, high] : [high, low];
}
