export type ChartPoint = { x: number; y: number };

/**
 * A chart's points for a column, which grow at the end and shrink at the front as the column does; anything else that
 * happened to the column needs new points. A gap is NaN.
 */
export function syncPoints(
  points: ChartPoint[],
  times: readonly number[],
  values: readonly (number | null)[],
): ChartPoint[] {
  const start = times[0] ?? Number.POSITIVE_INFINITY;
  while (points[0] !== undefined && points[0].x < start) points.shift();
  const known = points.length;
  const isContinuation =
    known > 0 && known <= times.length && points[0]?.x === times[0] && points[known - 1]?.x === times[known - 1];
  const synced = isContinuation ? points : [];
  for (let row = synced.length; row < times.length; row++) {
    synced.push({ x: times[row] ?? 0, y: values[row] ?? Number.NaN });
  }
  return synced;
}
