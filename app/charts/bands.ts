import type { FailureRun } from '#lib/schemas/history';
import { type Frame, percentAcross } from './path.ts';

export type Stretch = { key: string; left: number; width: number };

type Range = Pick<Frame, 'from' | 'to'>;

/** Where failures are drawn: half a period to each side, for that is how far the line stops. */
export function failureBand(run: Pick<FailureRun, 'from' | 'to'>, frame: Range, periodMs: number): Stretch | null {
  const [from, to] = [run.from - periodMs / 2, run.to + periodMs / 2];
  if (to <= frame.from || from >= frame.to) return null;
  const left = Math.max(0, percentAcross(frame, from));
  return { key: `${run.from}`, left, width: Math.max(0, Math.min(100, percentAcross(frame, to)) - left) };
}

/** Stretches within a frame in which nothing ran. */
export function pauses(times: readonly number[], frame: Range, leastMs: number): Stretch[] {
  return times.flatMap((at, row) => {
    const previous = times[row - 1];
    if (previous === undefined || at - previous <= leastMs || at <= frame.from) return [];
    const left = Math.max(0, percentAcross(frame, previous));
    return [{ key: `${previous}`, left, width: percentAcross(frame, at) - left }];
  });
}

/** Of what would be drawn in the same place, the last; `apart` in percent of the width. */
export function spread<T extends { left: number }>(marks: readonly T[], apart: number): T[] {
  return marks.filter(({ left }, index) => {
    const next = marks[index + 1];
    return next === undefined || next.left - left >= apart;
  });
}
