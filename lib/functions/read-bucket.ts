import type { Caller } from '#lib/auth/caller';
import { requireReader } from '#lib/auth/require-reader';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import type { HistoryBucket } from '#lib/schemas/history';
import { bucketOf } from '#lib/series/rollup';
import { rolledTiers } from './history-tiers.ts';
import { readRollups } from './read-rollups.ts';
import { readRecord } from './records.ts';

/** What is known of the stretch of time around a moment, from the finest tier that has it; `not_found` when none does. */
export async function readBucket(
  ctx: Context,
  caller: Caller | null,
  { name, at }: { name: string; at: number },
): Promise<HistoryBucket> {
  requireReader(ctx.config, caller);
  await readRecord(ctx, name);
  const tiers = rolledTiers(ctx.config);
  for (const [index, { bucketMs }] of tiers.entries()) {
    const from = bucketOf(at, bucketMs);
    const range = { from, to: from + bucketMs - 1 };
    const { buckets } = await readRollups(ctx, name, tiers.slice(0, index + 1), range);
    const found = buckets.find(({ start }) => start === from);
    if (found === undefined) continue;
    const { good, failures, versions, names, series } = found;
    return {
      from,
      to: from + bucketMs,
      good,
      failed: failures?.count ?? 0,
      versions: versions.map(({ version }) => version),
      series: series.map(({ min, mean, max }, each) => ({ name: names[each] ?? '', min, mean, max })),
    };
  }
  throw new VigiaError('not_found', `Nothing is kept of ${name} at that time`);
}
