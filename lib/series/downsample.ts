export type Series = { name: string; values: (number | null)[] };
/** Series that share their times. */
export type Columns = { times: number[]; series: Series[] };

/** Rows of one stretch of time; `gapAfter`: its last row opens a gap that goes on beyond it. */
type Span = { start: number; end: number; gapAfter: boolean };

/**
 * At most `maxPoints` rows, with every series' minima and maxima kept: stretches of equal time become two rows each,
 * which hold the two extremes of each series in the order in which they came. A gap longer than a stretch stays a gap.
 */
export function downsample(data: Columns, maxPoints: number): Columns {
  if (data.times.length <= maxPoints) return data;
  let count = Math.max(1, Math.floor(maxPoints / 2));
  let spans = spansOf(data, count);
  for (let rows = rowsOf(spans); rows > maxPoints && count > 1; rows = rowsOf(spans)) {
    count = Math.max(1, Math.floor((count * maxPoints) / rows));
    spans = spansOf(data, count);
  }
  return {
    times: spans.flatMap((span) => timesOf(data.times, span)),
    series: data.series.map(({ name, values }) => ({ name, values: spans.flatMap((span) => valuesOf(values, span)) })),
  };
}

function spansOf({ times, series }: Columns, count: number): Span[] {
  const first = times[0] ?? 0;
  const width = ((times.at(-1) ?? 0) - first) / count || 1;
  const isEmpty = (row: number) => series.every(({ values }) => (values[row] ?? null) === null);
  const spans: Span[] = [];
  for (let start = 0; start < times.length; ) {
    const limit = Math.min(count - 1, Math.floor(((times[start] ?? 0) - first) / width));
    let end = start + 1;
    while (end < times.length && Math.min(count - 1, Math.floor(((times[end] ?? 0) - first) / width)) === limit) end++;
    const isLong = (times[end] ?? 0) - (times[end - 1] ?? 0) > width;
    const gapAfter = end < times.length && isEmpty(end - 1) && (isLong || isEmpty(end));
    spans.push({ start, end, gapAfter });
    start = end;
  }
  return spans;
}

const isShort = ({ start, end }: Span): boolean => end - start <= 2;
const rowsOf = (spans: readonly Span[]): number =>
  spans.reduce((rows, span) => rows + (isShort(span) ? span.end - span.start : span.gapAfter ? 3 : 2), 0);

function timesOf(times: readonly number[], span: Span): number[] {
  const { start, end, gapAfter } = span;
  if (isShort(span)) return times.slice(start, end);
  const last = times[end - 1] ?? 0;
  return gapAfter ? [times[start] ?? 0, times[end - 2] ?? 0, last] : [times[start] ?? 0, last];
}

function valuesOf(values: readonly (number | null)[], span: Span): (number | null)[] {
  const { start, end, gapAfter } = span;
  if (isShort(span)) return values.slice(start, end);
  return gapAfter ? [...extremes(values, start, end), null] : extremes(values, start, end);
}

/** The least and the greatest value of some rows, in the order in which they came. */
export function extremes(
  values: readonly (number | null)[],
  start: number,
  end: number,
): [number | null, number | null] {
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
