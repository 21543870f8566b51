import type { Style } from '../format/times.ts';
import { zoneOffset } from '../format/zone-offset.ts';

type TimeTick = { at: number; style: Style; odd: boolean };

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const STEPS = [
  5_000,
  10_000,
  15_000,
  30_000,
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720].map((minutes) => minutes * MINUTE),
  ...[1, 2, 5, 10].map((days) => days * DAY),
];

/**
 * Round times between two moments, at most `most` of them, round on the clock where they are read. Midnight says its day.
 * Every second one is `odd`: a phone leaves it out.
 */
export function timeTicks(from: number, to: number, most: number, timeZone: string): TimeTick[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? 30 * DAY;
  const offset = zoneOffset(from, timeZone);
  const first = Math.ceil((from + offset) / step) * step;
  const count = Math.max(0, Math.floor((to + offset - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const shown = first + index * step;
    // Where clocks were changed within the range, the later ticks are an hour away from where they would be.
    const at = shown - zoneOffset(shown - offset, timeZone);
    return { at, style: styleOf(shown, step), odd: Math.round(shown / step) % 2 !== 0 };
  });
}

function styleOf(shown: number, step: number): Style {
  if (step < MINUTE) return 'second';
  return shown % DAY === 0 ? 'dayOnly' : 'minute';
}
