import { byteUnit, withDigits } from './number.ts';

/** "812 B", "3.4 KiB" */
export function bytes(count: number): string {
  const { divisor, unit } = byteUnit(count);
  return `${withDigits(count / divisor, unit === 'B' ? 0 : 1)} ${unit}`;
}
