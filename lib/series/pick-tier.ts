/** A tier as far as choosing goes: the time between two of its entries, and the time of its oldest one. */
export type TierReach = { stepMs: number; oldest: number | null };

/** More rows than this cost the server more than a viewer can see of them. */
const MANY_ROWS = 3_000;
/** Fewer rows than this are a poor curve. */
const FEW_ROWS = 120;

/**
 * Which of several tiers, finest first, a range of times is read from: the finest that still has everything from its
 * start on, unless that means very many rows and the next one has enough of them. One tier serves a whole range, so that
 * its curve has one resolution. `manyRows` is another bound for who wants every row.
 */
export function pickTier(tiers: readonly TierReach[], from: number, to: number, manyRows = MANY_ROWS): number {
  for (const [index, tier] of tiers.entries()) {
    const coarser = tiers[index + 1];
    if (coarser === undefined) return index;
    if (!reaches(tier, tiers.slice(index + 1), from)) continue;
    if (rowsIn(tier, from, to) <= manyRows || rowsIn({ ...coarser, oldest: tier.oldest }, from, to) < FEW_ROWS)
      return index;
  }
  return 0;
}

/** Whether the range loses nothing by this tier: it begins early enough, or no coarser one has anything older. */
function reaches({ oldest }: TierReach, coarser: readonly TierReach[], from: number): boolean {
  if (oldest !== null && oldest <= from) return true;
  const end = oldest ?? Number.POSITIVE_INFINITY;
  return coarser.every((tier) => tier.oldest === null || tier.oldest + tier.stepMs > end);
}

function rowsIn({ stepMs, oldest }: TierReach, from: number, to: number): number {
  return (to - Math.max(from, oldest ?? to)) / stepMs;
}
