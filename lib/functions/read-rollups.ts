import type { Context } from '#lib/context';
import { bucketOf, type Rollup, rollUp, rollupOf } from '#lib/series/rollup';
import { readEntries } from './history-entries.ts';
import { type RolledTier, readTier } from './history-tiers.ts';

type RollupReading = {
  buckets: Rollup[];
  /** The newest invocation that was read one by one, because its bucket is still open. */
  newest: { id: string; at: number } | null;
};

/**
 * One tier's buckets of a range of times. What it does not hold yet is rolled up here, from the tiers below it: the
 * answer does not depend on when the runtime last wrote a bucket. `tiers` are the rolled-up ones, finest first.
 */
export async function readRollups(
  ctx: Context,
  name: string,
  tiers: readonly RolledTier[],
  { from, to }: { from: number; to: number },
): Promise<RollupReading> {
  const tier = tiers.at(-1);
  if (tier === undefined) {
    const entries = await readEntries(ctx, name, from, to);
    return { buckets: entries.map(rollupOf), newest: entries.at(-1) ?? null };
  }
  const stored = await readTier(ctx, name, tier, bucketOf(from, tier.bucketMs), to);
  const last = stored.at(-1);
  const rest = last === undefined ? bucketOf(from, tier.bucketMs) : last.start + tier.bucketMs;
  const finer = await readRollups(ctx, name, tiers.slice(0, -1), { from: rest, to });
  return { buckets: [...stored, ...rollUp(finer.buckets, tier.bucketMs)], newest: finer.newest };
}
