import { expect, test } from 'vitest';
import { figure, renderJson, renderTable } from './report.ts';

const machine = { cpu: 'Some CPU', cores: 4, memoryGiB: 24, kernel: '6.1', node: 'v24.0.0', load: [0.5, 0.4, 0.3] };

test('figures have three digits that mean something', () => {
  expect([0.756, 12.34, 345.6, 11_800, Number.NaN].map(figure)).toEqual(['0.76', '12.3', '346', '11,800', '–']);
});

test('the table shows median, spread, baseline, ratio and whether the budget is kept', () => {
  const text = renderTable([
    {
      id: 'python',
      what: 'Python function',
      unit: '/s',
      values: [700, 800, 900],
      baseline: [1_000, 1_000, 1_000],
      budget: { of: 'ratio', limit: 'at least', value: 0.75 },
      notes: ['a remark'],
    },
    { id: 'idle', what: 'idle', unit: 'MB', values: [310], budget: { of: 'median', limit: 'at most', value: 300 } },
    {
      id: 'job',
      what: 'job',
      unit: 'ms',
      values: [300],
      baseline: [200],
      budget: { of: 'excess', limit: 'at most', value: 99 },
    },
    { id: 'page', what: 'page', skipped: 'no browser' },
  ]);
  expect(text).toBe(
    [
      'row                      median  min  max  baseline  ratio    budget',
      'python  Python function  800 /s  700  900     1,000  0.80×   ≥ 0.75×    ok',
      'idle    idle             310 MB  310  310                   ≤ 300 MB  over',
      'job     job              300 ms  300  300       200  1.50×  ≤ +99 ms  over',
      '',
      'page: skipped, no browser',
      '',
      'python: a remark',
    ].join('\n'),
  );
});

test('the JSON has every round, the same judgement and what was skipped', () => {
  const rows = [
    { id: 'a', what: 'a', unit: 'ms', values: [1, 3], budget: { of: 'median', limit: 'at most', value: 2 } },
    { id: 'b', what: 'b', skipped: 'why' },
  ] as const;
  const { rows: told, rounds } = JSON.parse(renderJson(machine, 2, rows));
  expect(rounds).toBe(2);
  expect(told[0]).toMatchObject({ id: 'a', values: [1, 3], median: 2, min: 1, max: 3, ratio: null, verdict: 'ok' });
  expect(told[1]).toEqual({ id: 'b', what: 'b', skipped: 'why' });
});
