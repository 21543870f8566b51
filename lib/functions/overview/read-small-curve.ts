import { isDeepStrictEqual } from 'node:util';
import type { Context } from '#lib/context';
import type { HistoryEntry, SeriesWindow } from '#lib/schemas/history';
import { numbersIn } from '#lib/series/flatten';
import { type MainSeries, mainSeries, mainValue } from '#lib/series/main-series';
import { SmallCurve } from '#lib/series/small-curve';
import { readAfter } from '../history-entries.ts';
import { readWindow } from '../read-window.ts';
import type { Summary } from './read-summaries.ts';

/** About 10 KiB each. */
const MOST_KEPT = 1_000;
/** A curve that missed more is read anew. */
const MOST_MISSED = 500;
/** Where a function has long been failing: as exact as the history is for each. */
const LOOKED_BACK = [2 * 3_600_000, 30 * 86_400_000];

export type MainCurve = { main: MainSeries; curve: SmallCurve };
/** Without a number in the whole range there is no curve. */
export type KeptCurve = {
  periodMs: number;
  lastId: string;
  shown: MainCurve | null;
  /** When the last good result came, also where the curve has moved past it; null when the history has none. */
  goodAt: number | null;
};

/**
 * The curve of a function that somebody looks at: read once, and from then on only what is new. `main`: the series of the last
 * good result; null when that is not known, for the one that the range has.
 */
export async function readSmallCurve(
  ctx: Context,
  summary: Summary,
  main: MainSeries | null,
  rangeMs: number,
): Promise<Pick<KeptCurve, 'shown' | 'goodAt'>> {
  const { curves } = ctx.overview;
  const key = `${rangeMs} ${summary.state.name}`;
  const known = curves.get(key);
  const reading = known === undefined ? fill(ctx, summary, main, rangeMs) : advance(ctx, summary, main, rangeMs, known);
  // The one that was used last is the last to go.
  curves.delete(key);
  curves.set(key, reading);
  const [oldest] = curves.keys();
  if (curves.size > MOST_KEPT && oldest !== undefined) curves.delete(oldest);
  try {
    return await reading;
  } catch (error) {
    if (curves.get(key) === reading) curves.delete(key);
    throw error;
  }
}

/** Whoever asks meanwhile waits for the same reading, and adds what has come since. */
async function advance(
  ctx: Context,
  summary: Summary,
  main: MainSeries | null,
  rangeMs: number,
  before: Promise<KeptCurve>,
): Promise<KeptCurve> {
  const kept = await before;
  const { newest, state } = summary;
  const isSame = main === null || isDeepStrictEqual(kept.shown?.main, main);
  // With another period its gaps are others.
  if (!isSame || kept.periodMs !== state.periodMs) return await fill(ctx, summary, main, rangeMs);
  if (newest === undefined || newest.id === kept.lastId) return kept;
  const { entries, complete } = await readAfter(ctx, state.name, kept.lastId, MOST_MISSED);
  if (!complete) return await fill(ctx, summary, main, rangeMs);
  if (kept.shown !== null) addTo(kept.shown, entries);
  const goodAt = entries.findLast(({ result }) => result !== undefined)?.at ?? kept.goodAt;
  return { ...kept, goodAt, lastId: entries.at(-1)?.id ?? kept.lastId };
}

function addTo({ main, curve }: MainCurve, entries: readonly HistoryEntry[]): void {
  for (const { at, result } of entries) {
    if (result === undefined) {
      curve.add(at, 'failed');
      continue;
    }
    const numbers = numbersIn(result);
    curve.add(at, { value: mainValue(main, (name) => numbers.get(name)) });
  }
}

async function fill(ctx: Context, summary: Summary, wanted: MainSeries | null, rangeMs: number): Promise<KeptCurve> {
  const { name, periodMs } = summary.state;
  const to = Date.now();
  const window = await readWindow(ctx, { name, from: to - rangeMs, to, periodMs });
  const { times, series, failures, lastId } = window;
  const goodAt = lastGoodIn(window) ?? (await findGoodBefore(ctx, summary, to));
  const columns = new Map(series.map((each) => [each.name, each.values]));
  const main = wanted ?? mainSeries([...columns.keys()]);
  if (main === null) return { periodMs, lastId, shown: null, goodAt };
  const values = times.map((_, row) => mainValue(main, (each) => columns.get(each)?.[row]));
  const curve = new SmallCurve({ rangeMs, periodMs });
  curve.fill(times, values, failures);
  return { periodMs, lastId, shown: { main, curve }, goodAt };
}

function lastGoodIn({ times, series }: SeriesWindow): number | null {
  return times.findLast((_, row) => series.some(({ values }) => typeof values[row] === 'number')) ?? null;
}

/** Looked for once, as far back as the history goes; from then on what comes is seen. */
async function findGoodBefore(
  ctx: Context,
  { state: { name, periodMs } }: Summary,
  to: number,
): Promise<number | null> {
  for (const rangeMs of LOOKED_BACK) {
    const goodAt = lastGoodIn(await readWindow(ctx, { name, from: to - rangeMs, to, periodMs }));
    if (goodAt !== null) return goodAt;
  }
  return null;
}
