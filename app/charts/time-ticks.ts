import { clockTime } from '../format/time.ts';

export type TimeTick = { at: number; label: string; odd: boolean };

const MINUTE = 60_000;
const STEPS = [
  5_000,
  10_000,
  15_000,
  30_000,
  ...[1, 2, 5, 10, 15, 20, 30, 60, 120, 180, 360, 720].map((m) => m * MINUTE),
];

/** Round times between two moments, at most `most` of them. Every second one is `odd`: a phone leaves it out. */
export function timeTicks(from: number, to: number, most: number, timeZone: string): TimeTick[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= most) ?? 1_440 * MINUTE;
  const style = step < MINUTE ? 'second' : 'minute';
  const offset = step > 15 * MINUTE ? zoneOffset(from, timeZone) : 0;
  const first = Math.ceil((from + offset) / step) * step - offset;
  const count = Math.max(0, Math.floor((to - first) / step) + 1);
  return Array.from({ length: count }, (_, index) => {
    const at = first + index * step;
    return { at, label: clockTime(at, timeZone, style), odd: Math.round((at + offset) / step) % 2 !== 0 };
  });
}

/** How far a zone's clock is ahead of UTC: an hour's tick belongs on its own hour, not on India's half. */
function zoneOffset(at: number, timeZone: string): number {
  const [hours = 0, minutes = 0] = clockTime(at, timeZone, 'minute').split(':').map(Number);
  const utc = new Date(at);
  return (((hours - utc.getUTCHours()) * 60 + minutes - utc.getUTCMinutes() + 1_440) % 1_440) * MINUTE;
}
