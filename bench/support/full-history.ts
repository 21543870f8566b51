import type { Context } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { type RolledTier, rolledTiers } from '#lib/functions/history-tiers';
import { type Rollup, rollUp, rollupOf } from '#lib/series/rollup';
import { writeRollups } from '#runtime/functions/history/write-rollups';
import { operator } from './running-functions.ts';

export const PERIOD_MS = 5_000;
/** Of each rolled-up tier, when it is full. */
export const BUCKETS = 2_880;
const RAW_MS = 7_200_000;
const AT_ONCE = 100;
/** In the middle of a quarter of an hour. */
export const now = Math.floor(Date.now() / 900_000) * 900_000 + 420_000;

/** The built-in function's result on a machine that is neither idle nor steady. */
function resultAt(at: number, cpus: number): string {
  const wave = (speed: number, phase: number) => Math.sin(at / speed + phase);
  const noise = () => Math.random() * 12;
  const result: Record<string, number | string> = { timestamp: new Date(at).toISOString() };
  result['percent-network-egress'] = 46 + wave(9e6, 1) + noise() / 10;
  result['percent-memory-caching'] = 1.6 + wave(4e7, 0) / 10 + noise() / 1e3;
  for (let cpu = 0; cpu < cpus; cpu++) result[`avg-util-cpu${cpu}-60sec`] = 25 + 20 * wave(7e5, cpu) + noise();
  return JSON.stringify(result);
}

function bucketAt(start: number, bucketMs: number, cpus: number): Rollup {
  const entries = Array.from({ length: bucketMs / PERIOD_MS }, (_, index) => {
    const at = start + index * PERIOD_MS;
    return rollupOf({
      id: '0-0',
      at,
      inputAt: at,
      tookMs: 1,
      lagMs: 0,
      version: 'abc1234',
      result: resultAt(at, cpus),
    });
  });
  const [bucket] = rollUp(entries, bucketMs);
  if (bucket === undefined) throw new Error('no bucket');
  return bucket;
}

export function bucketsUpTo(tier: RolledTier, cpus: number): Rollup[] {
  const last = Math.floor(now / tier.bucketMs) * tier.bucketMs - tier.bucketMs;
  return Array.from({ length: BUCKETS }, (_, index) =>
    bucketAt(last - (BUCKETS - 1 - index) * tier.bucketMs, 60_000, cpus),
  );
}

/** Two hours of raw entries, of a function that is made for them: nobody keeps the history of one that there is not. */
export async function writeRaw(ctx: Context, name: string, cpus: number): Promise<void> {
  await createFunction(ctx, operator, { name });
  const { redis, keys } = ctx;
  const pipeline = redis.pipeline();
  for (let at = now - RAW_MS; at < now; at += PERIOD_MS) {
    const fields = ['i', at, 'd', 1.234, 'l', 0.321, 'v', 'abc1234', 'r', resultAt(at, cpus)];
    pipeline.xadd(keys.history(name), `${at}-0`, ...fields);
  }
  await pipeline.exec();
}

export async function writeTier(
  ctx: Context,
  name: string,
  tier: RolledTier,
  buckets: readonly Rollup[],
): Promise<void> {
  for (let from = 0; from < buckets.length; from += AT_ONCE)
    await writeRollups(ctx, name, tier, buckets.slice(from, from + AT_ONCE));
}

/** Every tier as full as it gets: that of 15 min holds 30 days. */
export async function writeFullHistory(ctx: Context, name: string, cpus: number): Promise<void> {
  await writeRaw(ctx, name, cpus);
  for (const tier of rolledTiers(ctx.config)) await writeTier(ctx, name, tier, bucketsUpTo(tier, cpus));
}
