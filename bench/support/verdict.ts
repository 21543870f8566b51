import type { Row } from '../rows/row.ts';
import { median, medianExcess, medianRatio } from './statistics.ts';

type Verdict = 'ok' | 'over' | 'none';

type Result = {
  median: number;
  min: number;
  max: number;
  baseline: number | null;
  ratio: number | null;
  excess: number | null;
  verdict: Verdict;
};

/** One row's figures, held against its budget. */
export function judge({ values, baseline, budget }: Row): Result {
  const middle = median(values);
  const [ratio, excess] =
    baseline === undefined ? [null, null] : [medianRatio(values, baseline), medianExcess(values, baseline)];
  return {
    median: middle,
    min: Math.min(...values),
    max: Math.max(...values),
    baseline: baseline === undefined ? null : median(baseline),
    ratio,
    excess,
    verdict: budget === undefined ? 'none' : verdict(budget, { median: middle, ratio, excess }[budget.of]),
  };
}

/** A figure that could not be had keeps no budget. */
function verdict({ limit, value }: NonNullable<Row['budget']>, figure: number | null): Verdict {
  const held = figure ?? Number.NaN;
  const kept = limit === 'at most' ? held <= value : held >= value;
  return kept ? 'ok' : 'over';
}
