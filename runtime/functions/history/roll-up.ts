import type { Context } from '#lib/context';
import { eachEntry } from '#lib/functions/history-entries';
import { extentOf, type RolledTier, readTier, rolledTiers } from '#lib/functions/history-tiers';
import { bucketOf, type Rollup, rollUp, rollupOf } from '#lib/series/rollup';
import { writeRollups } from './write-rollups.ts';

/** Buckets written by one command. */
const BATCH = 100;

/** What the raw entries are kept longer than promised. */
const RAW_MARGIN_MS = 60_000;

type Stretches = (from: number, until: number) => AsyncIterable<Rollup>;

/**
 * Brings one function's rolled-up tiers up to date. What is to be done is derived from what Redis holds, nothing is kept
 * here, so it can be interrupted anywhere and done again, by any process, at any time.
 *
 * A bucket is complete when the raw stream holds a later entry: ids only grow, whatever the clock does, so nothing can
 * come into it any more. An open one is not written; whoever reads the history rolls it up for himself.
 */
export async function rollUpHistory(ctx: Context, name: string): Promise<void> {
  const raw = await extentOf(ctx, ctx.keys.history(name));
  if (raw === null) return;
  let finer: Stretches = (from, until) => rawStretches(ctx, name, from, until);
  let hasNews = false;
  for (const tier of rolledTiers(ctx.config)) {
    const done = await extentOf(ctx, ctx.keys.historyTier(name, tier.name));
    const from = done === null ? 0 : done.newest + tier.bucketMs;
    const until = bucketOf(raw.newest, tier.bucketMs);
    if (from < until && (await writeTier(ctx, name, tier, finer(from, until)))) hasNews = true;
    finer = (start, end) => tierStretches(ctx, name, tier, start, end);
  }
  if (hasNews) await dropOld(ctx, name, Math.min(raw.newest, Date.now()));
}

async function writeTier(
  ctx: Context,
  name: string,
  tier: RolledTier,
  stretches: AsyncIterable<Rollup>,
): Promise<boolean> {
  let batch: Rollup[] = [];
  let written = false;
  for await (const bucket of bucketsOf(stretches, tier.bucketMs)) {
    batch.push(bucket);
    written = true;
    if (batch.length < BATCH) continue;
    await writeRollups(ctx, name, tier, batch);
    batch = [];
  }
  if (batch.length > 0) await writeRollups(ctx, name, tier, batch);
  return written;
}

async function* bucketsOf(stretches: AsyncIterable<Rollup>, bucketMs: number): AsyncGenerator<Rollup> {
  let open: Rollup[] = [];
  for await (const stretch of stretches) {
    open = rollUp([...open, stretch], bucketMs);
    if (open.length > 1) yield* open.splice(0, 1);
  }
  yield* open;
}

async function* rawStretches(ctx: Context, name: string, from: number, until: number): AsyncGenerator<Rollup> {
  for await (const entry of eachEntry(ctx, name, from, until)) yield rollupOf(entry);
}

async function* tierStretches(
  ctx: Context,
  name: string,
  tier: RolledTier,
  from: number,
  until: number,
): AsyncGenerator<Rollup> {
  yield* await readTier(ctx, name, tier, from, until - 1);
}

/**
 * Each tier drops what is too old and is in the next one already. It keeps one bucket more than it promises, so that a
 * range of its whole length is served by it. Age is counted from the earlier of two clocks, Redis' and our own: one that
 * jumps ahead must not empty the history.
 */
async function dropOld(ctx: Context, name: string, newest: number): Promise<void> {
  const { redis, keys, config } = ctx;
  const tiers = rolledTiers(config);
  const limitOf = (keepMs: number, bucketMs: number, next: RolledTier | undefined) =>
    Math.min(
      bucketOf(newest - keepMs, bucketMs) - bucketMs,
      next === undefined ? newest : bucketOf(newest, next.bucketMs),
    );
  await Promise.all([
    redis.xtrim(keys.history(name), 'MINID', '~', limitOf(config.history.maxAgeMs, RAW_MARGIN_MS, tiers[0])),
    ...tiers.flatMap(({ name: tier, bucketMs, keepMs }, index) => {
      const limit = limitOf(keepMs, bucketMs, tiers[index + 1]);
      return [
        redis.xtrim(keys.historyTier(name, tier), 'MINID', limit),
        redis.zremrangebyscore(keys.tierSeries(name, tier), '-inf', `(${limit}`),
      ];
    }),
  ]);
}
