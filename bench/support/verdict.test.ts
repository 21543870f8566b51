import { expect, test } from 'vitest';
import { judge } from './verdict.ts';

const row = { id: 'row', what: '', unit: 'ms' };

test('a budget may be on the median, the ratio or what is above the baseline, from above or from below', () => {
  const values = [20, 30, 40];
  const baseline = [40, 60, 80];
  const verdict = (of: 'median' | 'ratio' | 'excess', limit: 'at most' | 'at least', value: number) =>
    judge({ ...row, values, baseline, budget: { of, limit, value } }).verdict;
  expect(verdict('median', 'at most', 30)).toBe('ok');
  expect(verdict('median', 'at most', 29)).toBe('over');
  expect(verdict('ratio', 'at least', 0.5)).toBe('ok');
  expect(verdict('ratio', 'at least', 0.51)).toBe('over');
  expect(verdict('excess', 'at least', -30)).toBe('ok');
  expect(verdict('excess', 'at most', -31)).toBe('over');
});

test('no budget, no verdict; no figure, no budget kept', () => {
  expect(judge({ ...row, values: [1] }).verdict).toBe('none');
  expect(judge({ ...row, values: [], budget: { of: 'median', limit: 'at most', value: 1 } }).verdict).toBe('over');
  expect(judge({ ...row, values: [1], budget: { of: 'ratio', limit: 'at least', value: 1 } }).verdict).toBe('over');
});
