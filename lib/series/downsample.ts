import { rowsOf, type Span, spansOf, timesOf, valuesOf } from './spans.ts';

type Series = { name: string; values: (number | null)[] };
/** Series that share their times. */
export type Columns = { times: number[]; series: Series[] };

/**
 * At most `maxPoints` rows, with every series' minima and maxima kept: stretches of equal time become two rows each,
 * which hold the two extremes of each series in the order in which they came. A gap longer than a stretch stays a gap.
 */
export function downsample(data: Columns, maxPoints: number): Columns {
  if (data.times.length <= maxPoints) return data;
  let count = Math.max(1, Math.floor(maxPoints / 2));
  let spans = cut(data, count);
  for (let rows = rowsOf(spans); rows > maxPoints && count > 1; rows = rowsOf(spans)) {
    count = Math.max(1, Math.floor((count * maxPoints) / rows));
    spans = cut(data, count);
  }
  return {
    times: spans.flatMap((span) => timesOf(data.times, span)),
    series: data.series.map(({ name, values }) => ({ name, values: spans.flatMap((span) => valuesOf(values, span)) })),
  };
}

/** As many stretches of equal time, from the first row to the last. */
function cut({ times, series }: Columns, count: number): Span[] {
  const first = times[0] ?? 0;
  const width = ((times.at(-1) ?? 0) - first) / count || 1;
  const isEmpty = (row: number) => series.every(({ values }) => (values[row] ?? null) === null);
  return spansOf({ times, isEmpty }, width, (at) => Math.min(count - 1, Math.floor((at - first) / width)));
}
