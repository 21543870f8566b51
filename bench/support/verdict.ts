import type { Row } from '../rows/row.ts';
import { median, medianRatio } from './statistics.ts';

export type Verdict = 'ok' | 'over' | 'none';

export type Result = {
  median: number;
  min: number;
  max: number;
  baseline: number | null;
  ratio: number | null;
  verdict: Verdict;
};

/** One row's figures, held against its budget. */
export function judge({ values, baseline, budget }: Row): Result {
  const middle = median(values);
  const ratio = baseline === undefined ? null : medianRatio(values, baseline);
  return {
    median: middle,
    min: Math.min(...values),
    max: Math.max(...values),
    baseline: baseline === undefined ? null : median(baseline),
    ratio,
    verdict: verdict(budget, middle, ratio),
  };
}

/** A figure that could not be had keeps no budget. */
function verdict(budget: Row['budget'], middle: number, ratio: number | null): Verdict {
  if (budget === undefined) return 'none';
  const figure = budget.of === 'ratio' ? (ratio ?? Number.NaN) : middle;
  const kept = budget.limit === 'at most' ? figure <= budget.value : figure >= budget.value;
  return kept ? 'ok' : 'over';
}
