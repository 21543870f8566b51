import type { Context } from '#lib/context';
import type { HistoryEntry, SeriesWindow } from '#lib/schemas/history';
import { downsample } from '#lib/series/downsample';
import { pickTier, type TierReach } from '#lib/series/pick-tier';
import type { Rollup } from '#lib/series/rollup';
import { rollupColumns, rollupFailureRuns } from '#lib/series/rollup-window';
import { failureRuns, toColumns, versionStarts } from '#lib/series/window';
import { readEntries } from './history-entries.ts';
import { extentOf, type RolledTier, rolledTiers } from './history-tiers.ts';
import { readGaps } from './read-gaps.ts';
import { readRollups } from './read-rollups.ts';

/** No viewer needs more rows; and with very many series, each gets fewer. */
const MAX_POINTS = 600;
const MAX_VALUES = 40_000;
const MIN_POINTS = 120;

type Input = { name: string; from: number; to: number; periodMs: number; points?: number | undefined };

/**
 * Every series of a function between two times, downsampled with its extremes kept, from the finest tier of the history
 * that serves the range.
 */
export async function readWindow(ctx: Context, input: Input): Promise<SeriesWindow> {
  const rolled = rolledTiers(ctx.config);
  const index = pickTier(await reachOfTiers(ctx, input, rolled), input.from, input.to);
  const tier = rolled[index - 1];
  return tier === undefined
    ? await rawWindow(ctx, input)
    : await rolledWindow(ctx, input, tier, rolled.slice(0, index));
}

/** How far back each tier goes, the raw one first. */
export async function reachOfTiers(
  ctx: Context,
  { name, periodMs }: Pick<Input, 'name' | 'periodMs'>,
  rolled: readonly RolledTier[],
): Promise<TierReach[]> {
  const streams = [
    { key: ctx.keys.history(name), stepMs: periodMs },
    ...rolled.map((tier) => ({ key: ctx.keys.historyTier(name, tier.name), stepMs: tier.bucketMs })),
  ];
  return await Promise.all(
    streams.map(async ({ key, stepMs }) => ({ stepMs, oldest: (await extentOf(ctx, key))?.oldest ?? null })),
  );
}

async function rawWindow(ctx: Context, { name, from, to, periodMs, points }: Input): Promise<SeriesWindow> {
  const entries = await readEntries(ctx, name, from, to);
  const columns = toColumns(entries, periodMs);
  const data = downsample(columns, rowBound(columns.series.length, points));
  const ran = entries.map(({ at }) => ({ from: at, to: at }));
  return {
    from,
    to,
    lastId: entries.at(-1)?.id ?? '0-0',
    ...data,
    took: tookAt(data.times, entries),
    failures: failureRuns(entries),
    gaps: await readGaps(ctx, { from, to, periodMs }, { keys: [ctx.keys.history(name)], bucketMs: 0, ran }),
    versions: versionStarts(entries),
    entries: entries.length,
    tier: 'raw',
  };
}

function tookAt(times: readonly number[], entries: readonly HistoryEntry[]): (number | null)[] {
  const took = new Map(entries.map(({ at, tookMs }) => [at, tookMs]));
  return times.map((at) => took.get(at) ?? null);
}

/** From a rolled-up tier, the last of `tiers`, whose open bucket comes from those before it. */
async function rolledWindow(
  ctx: Context,
  { name, from, to, periodMs, points }: Input,
  { name: tier, bucketMs }: RolledTier,
  tiers: readonly RolledTier[],
): Promise<SeriesWindow> {
  const { buckets, newest } = await readRollups(ctx, name, tiers, { from, to });
  const spacing = { bucketMs, periodMs, newestAt: newest?.at ?? to, isPast: newest === null };
  const data = rollupColumns(buckets, spacing);
  const ran = buckets.map(({ start }) => ({
    from: start,
    to: newest !== null && newest.at - start < bucketMs ? newest.at : start + bucketMs,
  }));
  const keys = [ctx.keys.historyTier(name, tier), ctx.keys.history(name)] as const;
  return {
    from,
    to,
    lastId: newest?.id ?? lastIdOf(buckets.at(-1), bucketMs, to),
    ...downsample(data, rowBound(data.series.length, points)),
    failures: rollupFailureRuns(buckets, spacing),
    gaps: await readGaps(ctx, { from, to, periodMs }, { keys, bucketMs, ran }),
    versions: versionStarts(buckets.flatMap(({ versions }) => versions)),
    entries: buckets.reduce((sum, { good, failures }) => sum + good + (failures?.count ?? 0), 0),
    tier,
    resolutionMs: bucketMs,
  };
}

/** A range that ends in the past ends in a bucket whose single entries nobody looked at. */
function lastIdOf(bucket: Rollup | undefined, bucketMs: number, to: number): string {
  return bucket === undefined ? '0-0' : `${Math.min(Math.floor(to), bucket.start + bucketMs - 1)}-0`;
}

function rowBound(series: number, points = MAX_POINTS): number {
  return Math.max(MIN_POINTS, Math.min(points, MAX_POINTS, Math.floor(MAX_VALUES / Math.max(1, series))));
}
