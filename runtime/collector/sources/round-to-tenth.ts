/** Python's `round(value, 1)` for values ≥ 0: unlike `toFixed`, an exact tie goes to the even digit. */
export function roundToTenth(value: number): number {
  const tieAboveEven = value % 1 === 0.25;
  return Number((tieAboveEven ? value - 0.05 : value).toFixed(1));
}
