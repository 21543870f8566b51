import type { Context } from '#lib/context';
import type { SeriesWindow } from '#lib/schemas/history';
import { downsample } from '#lib/series/downsample';
import { failureRuns, toColumns, versionStarts } from '#lib/series/window';
import { readEntries } from './history-entries.ts';

/** No viewer needs more rows; and with very many series, each gets fewer. */
const MAX_POINTS = 600;
const MAX_VALUES = 40_000;
const MIN_POINTS = 120;

type Input = { name: string; from: number; to: number; periodMs: number; points?: number | undefined };

/** Every series of a function between two times, downsampled with its extremes kept. */
export async function readWindow(ctx: Context, { name, from, to, periodMs, points }: Input): Promise<SeriesWindow> {
  const entries = await readEntries(ctx, name, from, to);
  const data = toColumns(entries, periodMs);
  const series = Math.max(1, data.series.length);
  const bound = Math.max(MIN_POINTS, Math.min(points ?? MAX_POINTS, MAX_POINTS, Math.floor(MAX_VALUES / series)));
  return {
    from,
    to,
    lastId: entries.at(-1)?.id ?? '0-0',
    ...downsample(data, bound),
    failures: failureRuns(entries),
    versions: versionStarts(entries),
    entries: entries.length,
  };
}
