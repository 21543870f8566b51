import type { FailureRun } from '#lib/schemas/history';
import { type Frame, percentAcross } from './path.ts';

export type Band = { key: string; left: number; width: number; label: string | null; inside: boolean };

/** A label needs about this much room, in percent of the width. */
const LABEL_ROOM = 12;

/** Where failures are drawn: half a period to each side, for that is how far the line stops. */
export function failureBands(
  runs: readonly FailureRun[],
  frame: Pick<Frame, 'from' | 'to'>,
  periodMs: number,
  label: (run: FailureRun) => string,
): Band[] {
  let labelEnds = Number.NEGATIVE_INFINITY;
  return runs
    .filter(({ from, to }) => to + periodMs / 2 > frame.from && from - periodMs / 2 < frame.to)
    .map((run) => {
      const left = Math.max(0, percentAcross(frame, run.from - periodMs / 2));
      const right = Math.min(100, percentAcross(frame, run.to + periodMs / 2));
      const inside = left < LABEL_ROOM;
      const labelStarts = inside ? left : left - LABEL_ROOM;
      const hasRoom = labelStarts >= labelEnds && (!inside || right - left >= LABEL_ROOM / 2);
      labelEnds = Math.max(right, hasRoom && inside ? left + LABEL_ROOM : 0);
      return {
        key: `${run.from}`,
        left,
        width: Math.max(0, right - left),
        label: hasRoom ? label(run) : null,
        inside,
      };
    });
}

/** Stretches within a frame in which nothing ran. */
export function pauses(times: readonly number[], frame: Pick<Frame, 'from' | 'to'>, leastMs: number): Band[] {
  return times.flatMap((at, row) => {
    const previous = times[row - 1];
    if (previous === undefined || at - previous <= leastMs || at <= frame.from) return [];
    const left = Math.max(0, percentAcross(frame, previous));
    return [{ key: `${previous}`, left, width: percentAcross(frame, at) - left, label: null, inside: false }];
  });
}
