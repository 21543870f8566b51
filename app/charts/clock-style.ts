import type { Style } from '../format/times.ts';

const DAY_MS = 86_400_000;

/** How a moment of a range is written: of several days, with its day. */
export function clockStyle(rangeMs: number): Style {
  return rangeMs > DAY_MS ? 'moment' : 'second';
}
