import type { ShownChart } from './read-chart.ts';
import { wrapText } from './wrap-text.ts';

const PADDING = 20;
const AXIS = 56;
const LINE_HEIGHT = 20;
const FONT = '"Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif';
const TITLE = `600 15px ${FONT}`;
const TEXT = `12px ${FONT}`;
const TICK = `11px ${FONT}`;
const KEY = { width: 12, height: 3, gap: 6, after: 18 };

/** Draws a chart with its title, legend and axes onto a canvas of its own size. */
export function drawChart(canvas: HTMLCanvasElement, chart: ShownChart & { subtitle: string }, scale: number): void {
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('The browser draws no canvas');
  const width = chart.width + AXIS + 2 * PADDING;
  const inner = width - 2 * PADDING;
  const heads = [...linesOf(pen, chart.title, TITLE, inner), ...linesOf(pen, chart.subtitle, TEXT, inner)];
  const legend = legendRows(pen, chart, inner);
  const top = PADDING + (heads.length + legend.length) * LINE_HEIGHT + 16;
  const height = top + chart.height + 24 + PADDING;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  pen.scale(scale, scale);
  const { colours } = chart;
  pen.fillStyle = colours.surface;
  pen.fillRect(0, 0, width, height);
  pen.textBaseline = 'middle';
  for (const [row, { text, font }] of heads.entries()) {
    const colour = font === TITLE ? colours.text : colours.dim;
    write(pen, text, { x: PADDING, y: PADDING + 10 + row * LINE_HEIGHT, font, colour });
  }
  for (const [row, entries] of legend.entries()) {
    const y = PADDING + (heads.length + row) * LINE_HEIGHT + 12;
    for (const { x, text, colour } of entries) {
      pen.fillStyle = colour;
      pen.fillRect(PADDING + x, y - KEY.height / 2, KEY.width, KEY.height);
      write(pen, text, { x: PADDING + x + KEY.width + KEY.gap, y, font: TEXT, colour: colours.text });
    }
  }
  pen.translate(PADDING + AXIS, top);
  drawPlot(pen, chart);
}

function drawPlot(pen: CanvasRenderingContext2D, chart: ShownChart): void {
  const { width, height, bands, lines, labels, curves, xTicks, yTicks, colours } = chart;
  for (const { y, text } of yTicks) {
    rule(pen, [0, y], [width, y], colours.grid);
    pen.textAlign = 'right';
    write(pen, text, { x: -8, y, font: TICK, colour: colours.dim });
  }
  for (const band of bands) {
    pen.fillStyle = band.fill;
    pen.fillRect(band.x, 0, band.width, height);
    rule(pen, [band.x, 0], [band.x, height], band.line);
  }
  if (curves !== null) pen.drawImage(curves.canvas, curves.x, curves.y, curves.width, curves.height);
  for (const { x, colour } of lines) rule(pen, [x, 0], [x, height], colour);
  pen.textAlign = 'center';
  for (const { x, y, width: across, height: down, text, colour, fill } of labels) {
    pen.fillStyle = fill;
    pen.fillRect(x, y, across, down);
    write(pen, text, { x: x + across / 2, y: y + down / 2, font: TICK, colour });
  }
  for (const { x, text } of xTicks) write(pen, text, { x, y: height + 14, font: TICK, colour: colours.dim });
}

function linesOf(pen: CanvasRenderingContext2D, text: string, font: string, width: number) {
  pen.font = font;
  return wrapText(text, width, (line) => pen.measureText(line).width).map((line) => ({ text: line, font }));
}

type Entry = { x: number; text: string; colour: string };

/** The legend's entries, broken into rows where the picture ends. */
function legendRows(pen: CanvasRenderingContext2D, { legend }: ShownChart, width: number): Entry[][] {
  pen.font = TEXT;
  const rows: Entry[][] = [];
  let x = 0;
  for (const { text, colour } of legend) {
    const needed = KEY.width + KEY.gap + pen.measureText(text).width + KEY.after;
    const isFull = rows.length === 0 || x + needed > width;
    if (isFull) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ x, text, colour });
    x += needed;
  }
  return rows;
}

type Written = { x: number; y: number; font: string; colour: string };

function write(pen: CanvasRenderingContext2D, text: string, { x, y, font, colour }: Written): void {
  pen.font = font;
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

function rule(pen: CanvasRenderingContext2D, from: [number, number], to: [number, number], colour: string): void {
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(...from);
  pen.lineTo(...to);
  pen.stroke();
}
