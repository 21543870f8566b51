import type { FailureRun } from '#lib/schemas/history';
import { type Frame, percentAcross } from './path.ts';

export type Stretch = { key: string; left: number; width: number };

type Range = Pick<Frame, 'from' | 'to'>;

/** Where failures are drawn: half a period to each side, for that is how far the line stops. */
export function failureBand(run: Pick<FailureRun, 'from' | 'to'>, frame: Range, periodMs: number): Stretch | null {
  const band = bandOf({ from: run.from - periodMs / 2, to: run.to + periodMs / 2 }, frame);
  return band && { key: `${run.from}`, ...band };
}

/** What is in a frame of a stretch of time; null where that is nothing. */
export function bandOf({ from, to }: Range, frame: Range): Omit<Stretch, 'key'> | null {
  if (to <= frame.from || from >= frame.to) return null;
  const left = Math.max(0, percentAcross(frame, from));
  return { left, width: Math.max(0, Math.min(100, percentAcross(frame, to)) - left) };
}

/** Of what would be drawn in the same place, the last; `apart` in percent of the width. */
export function spread<T extends { left: number }>(marks: readonly T[], apart: number): T[] {
  return marks.filter(({ left }, index) => {
    const next = marks[index + 1];
    return next === undefined || next.left - left >= apart;
  });
}
