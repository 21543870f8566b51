import { formatFor } from '../format/format-for.ts';
import { parseLanguage } from '../language/languages.ts';
import { drawChart } from './draw-chart.ts';
import { readChart } from './read-chart.ts';

/** A picture is twice as fine as the page, so that it can be enlarged. */
const SCALE = 2;

/** Saves the chart of a panel as the page shows it, with its function, its title, its legend and its times. */
export async function savePng(panel: HTMLElement, name: string): Promise<void> {
  const { clock } = formatFor(parseLanguage(document.documentElement.lang) ?? 'en');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const chart = readChart(panel);
  const [from, to] = [chart.from, chart.to].map((at) => `${clock(at, timeZone, 'date')} ${clock(at, timeZone)}`);
  const canvas = document.createElement('canvas');
  drawChart(canvas, { ...chart, subtitle: `${name} · ${from} – ${to} (${timeZone})` }, SCALE);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new Error('The canvas gave no picture');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${name}_${chart.title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}_${fileTime(chart.to)}.png`;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function fileTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '')}Z`;
}
