import { cellBegin } from './cell-begin.ts';

type Picture = {
  times: readonly number[];
  /** One a CPU, from top to bottom. */
  columns: readonly (readonly (number | null)[])[];
  frame: { from: number; to: number };
  /** In pixels. */
  width: number;
  /** Whether rows are the extremes of buckets; then the higher of two neighbours is what is worth seeing. */
  isBucketed: boolean;
  /** How far apart rows usually are. */
  stepMs: number;
  /** For each whole percent, as a canvas has them in its memory. */
  colours: Uint32Array;
};

/** Paints a line of pixels for each CPU, which the canvas is stretched to show; a gap stays transparent. */
export function paintCpuTimes(
  canvas: HTMLCanvasElement,
  { times, columns, frame, width, isBucketed, stepMs, colours }: Picture,
): void {
  const height = columns.length;
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext('2d');
  if (context === null || width === 0 || height === 0) return;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const highest = new Uint8Array(width * height);
  const perMs = width / (frame.to - frame.from);
  for (let row = 0; row < times.length; row++) {
    const end = Math.round(((times[row] ?? 0) - frame.from) * perMs);
    for (let line = 0; line < height; line++) {
      const column = columns[line] ?? [];
      const value = column[row] ?? null;
      if (value === null) continue;
      const begin = Math.round((cellBegin(times, column, row, stepMs) - frame.from) * perMs);
      const [left, right] = [Math.max(0, begin), Math.min(width, Math.max(begin + 1, end))];
      const peak = isBucketed ? Math.max(value, column[row - 1] ?? value) : value;
      const percent = Math.min(100, Math.max(0, Math.round(peak)));
      const colour = colours[percent] ?? 0;
      for (let pixel = line * width + left; pixel < line * width + right; pixel++) {
        // Of several results in one pixel the highest is seen: no spike is lost.
        if (pixels[pixel] !== 0 && (highest[pixel] ?? 0) >= percent) continue;
        pixels[pixel] = colour;
        highest[pixel] = percent;
      }
    }
  }
  context.putImageData(image, 0, 0);
}
