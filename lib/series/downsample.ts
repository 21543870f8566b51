export type Series = { name: string; values: (number | null)[] };
/** Series that share their times. */
export type Columns = { times: number[]; series: Series[] };

/**
 * At most `maxPoints` rows, with every series' minima and maxima kept: each bucket of rows becomes two, which hold the
 * bucket's two extremes of each series in the order in which they came. A bucket without any value stays a gap.
 */
export function downsample(data: Columns, maxPoints: number): Columns {
  const rows = data.times.length;
  if (rows <= maxPoints) return data;
  const buckets = Math.max(1, Math.floor(maxPoints / 2));
  const edges = Array.from({ length: buckets + 1 }, (_, bucket) => Math.floor((bucket * rows) / buckets));
  const spans = edges.slice(0, -1).map((start, index) => ({ start, end: edges[index + 1] ?? rows }));

  const times = spans.flatMap(({ start, end }) => [data.times[start] ?? 0, data.times[end - 1] ?? 0]);
  const series = data.series.map(({ name, values }) => ({
    name,
    values: spans.flatMap(({ start, end }) => extremes(values, start, end)),
  }));
  return { times, series };
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
