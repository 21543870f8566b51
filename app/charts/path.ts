import { areJoined, farthestJoined } from './joined.ts';

export type Frame = { from: number; to: number; min: number; max: number };
export type Box = { width: number; height: number };
/** What takes down a curve: a canvas, or SVG path data. */
type Pen = Pick<CanvasPath, 'moveTo' | 'lineTo' | 'closePath'>;

type Values = readonly (number | null)[];

/**
 * Draws a line with its gaps; a lone value between two gaps is a short dash. A series that only every so manieth result has is
 * a line as well, but for where something failed.
 */
export function traceLine(
  pen: Pen,
  times: readonly number[],
  values: Values,
  frame: Frame,
  box: Box,
  failures: readonly { from: number; to: number }[] = [],
): void {
  const place = placer(frame, box);
  const farthest = farthestJoined(times, values);
  let previous: { row: number; at: number } | null = null;
  let alone: [x: number, y: number] | null = null;
  const endAlone = () => {
    if (alone !== null) pen.lineTo(alone[0] + 1, alone[1]);
  };
  for (const [row, at] of times.entries()) {
    const value = values[row] ?? null;
    if (value === null) continue;
    const [x, y] = [place.x(at), place.y(value)];
    const goesOn =
      previous !== null && (previous.row === row - 1 || areJoined({ from: previous.at, to: at }, farthest, failures));
    if (goesOn) pen.lineTo(x, y);
    else {
      endAlone();
      pen.moveTo(x, y);
    }
    alone = goesOn ? null : [x, y];
    previous = { row, at };
  }
  endAlone();
}

/** Draws the outline of the area between two lines, one closed shape between two gaps. */
export function traceBand(pen: Pen, times: readonly number[], low: Values, high: Values, frame: Frame, box: Box): void {
  const place = placer(frame, box);
  let back: [x: number, y: number][] = [];
  const close = () => {
    if (back.length === 0) return;
    for (const [x, y] of back.reverse()) pen.lineTo(x, y);
    pen.closePath();
    back = [];
  };
  for (const [row, at] of times.entries()) {
    const [least, most] = [low[row] ?? null, high[row] ?? null];
    if (least === null || most === null) {
      close();
      continue;
    }
    const [x, y] = [place.x(at), place.y(most)];
    if (back.length === 0) pen.moveTo(x, y);
    else pen.lineTo(x, y);
    back.push([x, place.y(least)]);
  }
  close();
}

/** What `trace` draws, as SVG path data. */
export function pathOf(trace: (pen: Pen) => void): string {
  let path = '';
  const note = (command: string) => (x: number, y: number) => {
    path += `${command}${tenth(x)} ${tenth(y)}`;
  };
  trace({
    moveTo: note('M'),
    lineTo: note('L'),
    closePath: () => {
      path += 'Z';
    },
  });
  return path;
}

function placer({ from, to, min, max }: Frame, { width, height }: Box) {
  return {
    x: (at: number) => ((at - from) / (to - from || 1)) * width,
    y: (value: number) => height - ((value - min) / (max - min || 1)) * height,
  };
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Where a time is in a frame, in percent from the left. */
export function percentAcross({ from, to }: Pick<Frame, 'from' | 'to'>, at: number): number {
  return Math.round(((at - from) / (to - from || 1)) * 1e5) / 1e3;
}
