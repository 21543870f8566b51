/**
 * Where the cell of a row begins: a result tells about the time since the one before it, but nothing of a gap, of which it
 * tells no more than a step.
 */
export function cellBegin(
  times: readonly number[],
  column: readonly (number | null)[],
  row: number,
  stepMs: number,
): number {
  const at = times[row] ?? 0;
  const previous = times[row - 1] ?? at;
  return (column[row - 1] ?? null) === null ? Math.max(previous, at - stepMs) : previous;
}
