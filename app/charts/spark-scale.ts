import { extentOf } from '../live/columns.ts';

/** Room above and below the line, as a share of its height. */
const AIR = 0.06;

/** From the least to the greatest value, with air around; what is always 0 lies at the bottom, as it does on an axis. */
export function sparkScale(values: readonly (number | null)[]): { min: number; max: number } {
  const { low, high } = extentOf(values) ?? { low: 0, high: 0 };
  const top = low === 0 && high === 0 ? 1 : high;
  const air = (top - low || Math.abs(top)) * AIR;
  return { min: low - 2 * air, max: top + air };
}
