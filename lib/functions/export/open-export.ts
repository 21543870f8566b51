import type { Context } from '#lib/context';
import type { BucketRow, ExportTier, InvocationRow } from '#lib/schemas/export';
import type { HistoryEntry } from '#lib/schemas/history';
import { numbersIn } from '#lib/series/flatten';
import { pickTier } from '#lib/series/pick-tier';
import type { Rollup } from '#lib/series/rollup';
import { eachEntry } from '../history-entries.ts';
import { rolledTiers } from '../history-tiers.ts';
import { readFunction } from '../read-function.ts';
import { readRollups } from '../read-rollups.ts';
import { reachOfTiers } from '../read-window.ts';

export type ExportRange = { name: string; from: number; to: number };

type Opened<Tier, Row> = ExportRange & {
  tier: Tier;
  resolutionMs: number | null;
  /** Every series of the range, in the order in which they appear. */
  series: string[];
  /** Oldest first. */
  rows: AsyncIterable<Row> | Iterable<Row>;
};
export type OpenExport = Opened<'raw', InvocationRow> | Opened<Exclude<ExportTier, 'raw'>, BucketRow>;

/**
 * A range of a function's history from the finest tier that still has all of it, however many rows that is. Single
 * invocations are read a few at a time, and twice: which series there are is known only at the end.
 */
export async function openExport(ctx: Context, range: ExportRange): Promise<OpenExport> {
  const { name, from, to } = range;
  const { state } = await readFunction(ctx, { name });
  const rolled = rolledTiers(ctx.config);
  const reach = await reachOfTiers(ctx, { ...range, periodMs: state.periodMs }, rolled);
  const tiers = rolled.slice(0, pickTier(reach, from, to, Number.POSITIVE_INFINITY));
  const tier = tiers.at(-1);
  const entries = () => eachEntry(ctx, name, Math.floor(from), Math.floor(to) + 1);
  if (tier === undefined) {
    return { ...range, tier: 'raw', resolutionMs: null, series: await seriesOf(entries()), rows: rowsOf(entries()) };
  }
  const { buckets } = await readRollups(ctx, name, tiers, { from, to });
  const series = [...new Set(buckets.flatMap(({ names }) => names))];
  return { ...range, tier: tier.name, resolutionMs: tier.bucketMs, series, rows: buckets.map(bucketRow) };
}

async function seriesOf(entries: AsyncIterable<HistoryEntry>): Promise<string[]> {
  const names = new Set<string>();
  for await (const { result } of entries) for (const name of numbersIn(result ?? '').keys()) names.add(name);
  return [...names];
}

async function* rowsOf(entries: AsyncIterable<HistoryEntry>): AsyncGenerator<InvocationRow> {
  for await (const { at, result, tookMs, lagMs, version, failure } of entries) {
    yield {
      time: new Date(at).toISOString(),
      values: Object.fromEntries(numbersIn(result ?? '')),
      durationMs: tookMs,
      lagMs,
      version,
      failure: failure?.message ?? null,
    };
  }
}

function bucketRow({ start, names, series, good, failures }: Rollup): BucketRow {
  const spreads = series.map(({ min, mean, max, last }) => ({ min, mean, max, last }));
  return {
    time: new Date(start).toISOString(),
    values: Object.fromEntries(names.flatMap((name, index) => (spreads[index] ? [[name, spreads[index]]] : []))),
    good,
    failed: failures?.count ?? 0,
    failure: failures?.message ?? null,
  };
}
