import type { Gap } from '#lib/schemas/history';

/** What ran, as far as a tier of the history knows: an invocation, or a bucket in which there were some. */
export type Ran = { from: number; to: number };

/** More of them nobody reads, and a page draws each one on all of its charts. */
const MOST = 50;

/** Of fewer steps than this nothing is usual. */
const FEW_STEPS = 8;

/**
 * How far apart most of some times are: a function that is called when its input changes is called as often as that, whatever
 * its period. 0 where there are too few of them.
 */
export function usualStep(times: readonly number[]): number {
  const steps = times.flatMap((at, row) => (row === 0 ? [] : [Math.abs(at - (times[row - 1] ?? at))]));
  if (steps.length < FEW_STEPS) return 0;
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** What lies between two that ran and is longer than it should be, oldest first; of very many the longest. */
export function gapsBetween(ran: readonly Ran[], isLong: (from: number, to: number) => boolean): Gap[] {
  const gaps = ran.flatMap(({ from: to }, index) => {
    const from = ran[index - 1]?.to;
    return from !== undefined && isLong(from, to) ? [{ from, to }] : [];
  });
  return longest(gaps);
}

/** The gaps with one more, if what was just written came later than it should have. */
export function withGap(gaps: readonly Gap[], ran: Ran, longestStepMs: number): readonly Gap[] {
  return ran.to - ran.from > longestStepMs ? longest([...gaps, ran]) : gaps;
}

function longest(gaps: Gap[]): Gap[] {
  if (gaps.length <= MOST) return gaps;
  const kept = new Set(gaps.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, MOST));
  return gaps.filter((gap) => kept.has(gap));
}

function lengthOf({ from, to }: Gap): number {
  return (to ?? Number.POSITIVE_INFINITY) - from;
}
