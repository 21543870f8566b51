export type Frame = { from: number; to: number; min: number; max: number };
export type Box = { width: number; height: number };

type Values = readonly (number | null)[];

/** SVG path data of a line with its gaps; a lone value between two gaps is a short dash. */
export function linePath(times: readonly number[], values: Values, frame: Frame, box: Box): string {
  const place = placer(frame, box);
  let path = '';
  let drawing = false;
  for (const [row, at] of times.entries()) {
    const value = values[row] ?? null;
    if (value === null) {
      drawing = false;
      continue;
    }
    path += `${drawing ? 'L' : 'M'}${place.x(at)} ${place.y(value)}`;
    const isAlone = !drawing && (values[row + 1] ?? null) === null;
    if (isAlone) path += 'h1';
    drawing = true;
  }
  return path;
}

/** SVG path data of the area between two lines, one closed shape between two gaps. */
export function bandPath(times: readonly number[], low: Values, high: Values, frame: Frame, box: Box): string {
  const place = placer(frame, box);
  let path = '';
  let there: string[] = [];
  let back: string[] = [];
  const close = () => {
    if (there.length > 1) path += `M${there.join('L')}L${back.reverse().join('L')}Z`;
    there = [];
    back = [];
  };
  for (const [row, at] of times.entries()) {
    const [least, most] = [low[row] ?? null, high[row] ?? null];
    if (least === null || most === null) close();
    else {
      there.push(`${place.x(at)} ${place.y(most)}`);
      back.push(`${place.x(at)} ${place.y(least)}`);
    }
  }
  close();
  return path;
}

function placer({ from, to, min, max }: Frame, { width, height }: Box) {
  const tenth = (value: number) => String(Math.round(value * 10) / 10);
  return {
    x: (at: number) => tenth(((at - from) / (to - from || 1)) * width),
    y: (value: number) => tenth(height - ((value - min) / (max - min || 1)) * height),
  };
}

/** Where a time is in a frame, in percent from the left. */
export function percentAcross({ from, to }: Pick<Frame, 'from' | 'to'>, at: number): number {
  return Math.round(((at - from) / (to - from || 1)) * 1e5) / 1e3;
}
