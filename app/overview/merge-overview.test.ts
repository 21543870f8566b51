import { expect, test } from 'vitest';
import type { Overview, OverviewCard } from '#lib/schemas/overview';
import { mergeOverview } from './merge-overview.ts';

const card: OverviewCard = {
  name: 'a',
  language: 'python',
  status: 'live',
  inputKey: 'metrics',
  periodMs: 5_000,
  dataAt: 0,
  tookMs: 1,
  lagMs: 1,
  figure: { name: 'x', kind: 'other', value: 1 },
  staleCause: null,
  failure: null,
  disabledBy: null,
  curve: { from: 0, times: [10, 20, 30], values: [1, null, 3], failures: [] },
};
const of = (now: number, ...functions: OverviewCard[]): Overview => ({
  now,
  total: functions.length,
  counts: { failing: 0, stale: 0, waiting: 0, running: functions.length, disabled: 0 },
  matching: functions.length,
  page: 1,
  pages: 1,
  functions,
});

test('what is new takes the place of the newest rows, and what is too old goes', () => {
  const fresh = { ...card, tookMs: 9, curve: { from: 30, times: [31, 40], values: [5, 6], failures: [] } };
  const merged = mergeOverview(of(30, card), of(115, fresh), 100);
  expect(merged?.functions[0]).toMatchObject({ tookMs: 9, curve: { times: [20, 31, 40], values: [null, 5, 6] } });
});

test('a function that has gone goes, and one that is new, or shows another figure, must be read whole', () => {
  const other = { ...card, name: 'b' };
  expect(mergeOverview(of(30, card, other), of(30, other), 100)?.functions.map(({ name }) => name)).toEqual(['b']);
  expect(mergeOverview(of(30, card), of(30, card, other), 100)).toBeNull();
  const mean = { ...card, figure: { name: null, kind: 'cpu' as const, value: 1 } };
  expect(mergeOverview(of(30, card), of(30, mean), 100)).toBeNull();
});
