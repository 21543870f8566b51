import type { Gap } from '#lib/schemas/history';
import { isMissing } from './rollup-window.ts';

/** What ran, as far as a tier of the history knows: an invocation, or a bucket in which there were some. */
export type Ran = { from: number; to: number };
export type Spacing = { periodMs: number; bucketMs: number };

/** What is usual somewhere is told by so many on each side. */
export const AROUND = 8;
/** More gaps nobody reads, and a page draws each one on all of its charts. */
const MOST = 50;

/** How far apart most of these are; null when they are too few to tell. */
export function usualStep(times: readonly number[]): number | null {
  const steps = times.flatMap((at, row) => (row === 0 ? [] : [Math.abs(at - (times[row - 1] ?? at))]));
  return steps.length < AROUND ? null : (steps.sort((a, b) => a - b)[steps.length >> 1] ?? null);
}

/**
 * The spacing at which something runs: the period, unless most of these are further apart. Then the function is called when
 * its input changes, or had another period.
 */
export function usualSpacing(times: readonly number[], { periodMs, bucketMs }: Spacing): Spacing {
  const usual = usualStep(times) ?? 0;
  return { periodMs: usual > bucketMs ? Math.max(periodMs, usual) : periodMs, bucketMs };
}

/** What lies between two that ran and is longer than it should be, oldest first; of very many the longest. */
export function gapsBetween(ran: readonly Ran[], spacing: Spacing): Gap[] {
  const gaps = ran.flatMap(({ from: to }, index) => {
    const from = ran[index - 1]?.to;
    if (from === undefined || !isMissing(from, to, spacing)) return [];
    const near = ran.slice(Math.max(0, index - AROUND), index + AROUND).map((each) => each.from);
    return isMissing(from, to, usualSpacing(near, spacing)) ? [{ from, to }] : [];
  });
  return longest(gaps);
}

/** Of very many gaps the longest. */
export function longest(gaps: Gap[]): Gap[] {
  if (gaps.length <= MOST) return gaps;
  const kept = new Set(gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST));
  return gaps.filter((gap) => kept.has(gap));
}

function lengthOf({ from, to }: Gap): number {
  return (to ?? Number.POSITIVE_INFINITY) - from;
}
