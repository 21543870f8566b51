import type { FailureRun } from '#lib/schemas/history';
import { type Curve, colourOf } from './curve.ts';
import { translucent } from './palette.ts';
import { type Box, type Frame, traceBand, traceLine } from './path.ts';

const AREA = 0.12;
const LINE = 1.5;
const DASH = [5, 3];
/** The canvas reaches this far beyond the plot, so that a line at 0 is not cut in half; so says its style, too. */
const MARGIN = 2;

type Columns = {
  times: readonly number[];
  column: (name: string) => readonly (number | null)[];
  failures: readonly FailureRun[];
};
type Picture = { curves: readonly Curve[]; columns: Columns; frame: Frame; palette: readonly string[] };

/** Paints curves on a canvas that takes this much room on the page; false where there are no canvases. */
export function paintCurves(canvas: HTMLCanvasElement, room: Box, picture: Picture): boolean {
  const pen = canvas.getContext('2d');
  if (pen === null) return false;
  const { curves, columns, frame, palette } = picture;
  const ratio = window.devicePixelRatio;
  // A size that is set, if only to what it was, empties the canvas.
  canvas.width = Math.round(room.width * ratio);
  canvas.height = Math.round(room.height * ratio);
  pen.scale(ratio, ratio);
  pen.translate(0, MARGIN);
  pen.lineWidth = LINE;
  pen.lineJoin = 'round';
  const box = { width: room.width, height: room.height - 2 * MARGIN };
  for (const { name, slot, lower } of curves) {
    const { token, dashed } = colourOf(slot);
    const colour = palette[Number(token.slice(3)) - 1] ?? 'gray';
    pen.beginPath();
    if (lower === undefined) {
      traceLine(pen, columns.times, columns.column(name), frame, box, columns.failures);
      pen.strokeStyle = colour;
      pen.setLineDash(dashed ? DASH : []);
      pen.stroke();
    } else {
      traceBand(pen, columns.times, columns.column(lower), columns.column(name), frame, box);
      pen.fillStyle = translucent(colour, AREA);
      pen.fill();
    }
  }
  return true;
}
