import type { Context } from '#lib/context';
import type { Gap } from '#lib/schemas/history';
import { gapsBetween, type Ran } from '#lib/series/gaps';
import { bucketOf } from '#lib/series/rollup';
import { isMissing } from '#lib/series/rollup-window';
import { AROUND, usualSpacing } from '#lib/series/usual';
import { longestStep } from '#lib/series/window';
import { newestUntil, oldestSince } from './history-tiers.ts';

type Tier = {
  /** Its stream; then those that have what is not rolled up into it yet. */
  keys: readonly [string, ...string[]];
  /** 0 where each entry is an invocation. */
  bucketMs: number;
  /** What it has of the range. */
  ran: readonly Ran[];
};

/** Where nothing ran in a range of times, also where that began before it or goes on after it. */
export async function readGaps(
  ctx: Context,
  { from, to, periodMs }: { from: number; to: number; periodMs: number },
  { keys, bucketMs, ran }: Tier,
): Promise<Gap[]> {
  const spacing = { periodMs, bucketMs };
  const late = longestStep(usualSpacing(ran.slice(-AROUND - 1).map(startOf), spacing).periodMs);
  const begin = bucketMs === 0 ? Math.floor(from) : bucketOf(from, bucketMs);
  const endsEarly = to - (ran.at(-1)?.to ?? from) > late;
  const [before, after] = await Promise.all([
    isMissing(begin, ran[0]?.from ?? to, spacing) ? newestUntil(ctx, keys[0], begin - 1) : null,
    endsEarly ? firstSince(ctx, keys, Math.ceil(to) + 1) : null,
  ]);
  const bucketAt = (start: number | null): Ran[] => (start === null ? [] : [{ from: start, to: start + bucketMs }]);
  const known = [...bucketAt(before), ...ran];
  const last = known.at(-1);
  const gaps = gapsBetween([...known, ...bucketAt(after)], spacing);
  return last !== undefined && after === null && endsEarly ? [...gaps, { from: last.to, to: null }] : gaps;
}

const startOf = ({ from }: Ran): number => from;

async function firstSince(ctx: Context, keys: readonly string[], at: number): Promise<number | null> {
  for (const key of keys) {
    const found = await oldestSince(ctx, key, at);
    if (found !== null) return found;
  }
  return null;
}
