type Mark = { x: number; y: number; text: string };
type Label = { x: number; y: number; width: number; height: number; text: string; colour: string; fill: string };
type Box = { x: number; y: number; width: number; height: number; fill: string; line: string };

/** A chart as the page shows it, in px from the plot's upper left corner. */
export type ShownChart = {
  title: string;
  from: number;
  to: number;
  width: number;
  height: number;
  legend: { text: string; colour: string }[];
  yTicks: Mark[];
  xTicks: Mark[];
  bands: Box[];
  lines: { x: number; colour: string }[];
  labels: Label[];
  /** The curves, and where they are. */
  curves: { canvas: HTMLCanvasElement; x: number; y: number; width: number; height: number } | null;
  colours: { surface: string; text: string; dim: string; grid: string };
};

/** Reads a panel's chart off the page: what is in the picture is what was seen, in the colours of the theme. */
export function readChart(panel: HTMLElement): ShownChart {
  const plot = panel.querySelector<HTMLElement>('.plot');
  if (plot === null) throw new Error('The panel has no chart');
  const place = plot.getBoundingClientRect();
  const all = (selector: string) => [...panel.querySelectorAll<HTMLElement>(selector)].filter(isVisible);
  const inPlot = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - place.left, y: top - place.top, width, height };
  };
  const mark = (element: HTMLElement): Mark => {
    const { x, y, width, height } = inPlot(element);
    return { x: x + width / 2, y: y + height / 2, text: element.textContent.trim() };
  };
  const canvas = plot.querySelector('canvas');
  return {
    title: panel.querySelector('h2')?.textContent.trim() ?? '',
    from: Number(plot.getAttribute('aria-valuemin')),
    to: Number(plot.getAttribute('aria-valuemax')),
    width: place.width,
    height: place.height,
    legend: all('.legend > :has(.key):not([aria-pressed="false"])').map((entry) => ({
      text: textOf(entry),
      colour: colourOf(entry.querySelector('.key'), 'background-color'),
    })),
    yTicks: all('.plot .yt').map(mark),
    xTicks: all('.xaxis .xt').map(mark),
    bands: all('.plot .band').map((band) => ({
      ...inPlot(band),
      fill: colourOf(band, 'background-color'),
      line: colourOf(band, 'border-left-color'),
    })),
    lines: all('.plot .vline:not(.cross)').map((line) => ({
      x: inPlot(line).x,
      colour: colourOf(line, 'border-left-color'),
    })),
    labels: all('.plot > .label').map((label) => ({
      ...inPlot(label),
      text: label.textContent.trim(),
      colour: colourOf(label, 'color'),
      fill: colourOf(label, 'background-color'),
    })),
    curves: canvas === null ? null : { canvas, ...inPlot(canvas) },
    colours: {
      surface: colourOf(panel, 'background-color'),
      text: colourOf(panel, 'color'),
      dim: colourOf(panel.querySelector('.yt') ?? panel, 'color'),
      grid: colourOf(plot.querySelector('.grid:not(.base)'), 'border-top-color'),
    },
  };
}

/** The name and the present value of a legend's entry, apart. */
function textOf(entry: HTMLElement): string {
  return [...entry.childNodes]
    .filter((node) => !(node instanceof HTMLElement) || isVisible(node))
    .map(({ textContent }) => textContent?.trim() ?? '')
    .filter((text) => text !== '')
    .join(' ');
}

function isVisible(element: HTMLElement): boolean {
  return element.checkVisibility();
}

function colourOf(element: Element | null, property: string): string {
  return element === null ? 'transparent' : getComputedStyle(element).getPropertyValue(property);
}
