import type { Gap } from '#lib/schemas/history';
import { isMissing } from './rollup-window.ts';
import { type Spacing, spacingAround } from './usual.ts';

/** What ran, as far as a tier of the history knows: an invocation, or a bucket in which there were some. */
export type Ran = { from: number; to: number };

/** More gaps nobody reads, and a page draws each one on all of its charts. */
const MOST = 50;

/** What lies between two that ran and is longer than it should be, oldest first; of very many the longest. */
export function gapsBetween(ran: readonly Ran[], spacing: Spacing): Gap[] {
  const starts = ran.map(({ from }) => from);
  const gaps = ran.flatMap(({ from: to }, index) => {
    const from = ran[index - 1]?.to;
    if (from === undefined || !isMissing(from, to, spacing)) return [];
    return isMissing(from, to, spacingAround(starts, index, spacing)) ? [{ from, to }] : [];
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
