import { expect, test } from 'vitest';
import { downsample } from '#lib/series/downsample';
import { leastApart, rateAt } from './rates.ts';
import { SeriesTable } from './series-table.ts';

const SENT = 'net-bytes_sent';

test('a counter has a rate, from the window and from each result that comes', () => {
  const table = new SeriesTable({ times: [0, 5_000], series: [{ name: SENT, values: [100, 600] }] }, undefined, 5_000);
  table.add(10_000, JSON.stringify({ [SENT]: 1_600 }), 5_000);
  const shown = table.shownAs(SENT);
  expect(shown).not.toBe(SENT);
  expect([table.column(shown), table.current(shown)]).toEqual([[null, 100, 200], 200]);
});

test('a tick that was held up, and the one on time after it, make no leap', () => {
  // At 10 s the machine stood still for almost a whole period; the counter grows by 100 a second.
  const times = [0, 5_000, 9_990, 14_900, 15_000, 20_010];
  const values = [0, 500, 1_000, 1_000, 1_500, 2_000];
  const least = leastApart(times, { periodMs: 5_000, bucketMs: 0 });
  const rates = times.map((_, row) => rateAt(times, values, row, least));
  expect(rates[4]).toBeCloseTo(100, 0);
  expect(rates.slice(1).every((rate) => rate !== null && rate < 105)).toBe(true);
  const table = new SeriesTable({ times, series: [{ name: SENT, values }] }, undefined, 5_000);
  expect(table.column(table.shownAs(SENT))).toEqual(rates);
  table.add(20_050, JSON.stringify({ [SENT]: 2_500 }), 5_000);
  expect(table.current(table.shownAs(SENT))).toBeLessThan(205);
});

test('what came before the period was made longer keeps its rates, on a page that is open and on one that is loaded', () => {
  const times = Array.from({ length: 20 }, (_, row) => row * 1_000);
  const series = [{ name: SENT, values: times.map((at, row) => at + (row < 10 ? 0 : 500)) }];
  const rates = times.map((_, row) => (row === 0 ? null : row === 10 ? 1_500 : 1_000));
  for (const periodMs of [1_000, 3_600_000]) {
    const table = new SeriesTable({ times, series }, undefined, periodMs);
    expect(table.column(table.shownAs(SENT))).toEqual(rates);
    table.add(3_619_000, JSON.stringify({ [SENT]: 3_619_500 }), 3_600_000);
    expect(table.current(table.shownAs(SENT))).toBe(1_000);
  }
});

test('a counter that begins anew, and a gap, have none', () => {
  expect(rateAt([0, 1_000], [9, 3], 1, 0)).toBeNull();
  expect(rateAt([0, 1_000, 2_000], [9, null, 12], 2, 0)).toBeNull();
});

test('the two rows of a bucket are not two results', () => {
  const minute = 60_000;
  const times = [15_000, 45_000, 75_000, 105_000];
  const steady = [0, 60, 60, 120];
  expect([2, 3].map((row) => rateAt(times, steady, row, minute))).toEqual([1, 1]);
});

test('a steady counter has a steady rate where rows are thinned, also beside failures', () => {
  const rows = 900;
  // Runs of failures of every length, and good rows alone between them.
  const isFailed = (row: number) => row % 60 < 19 || row % 11 === 0;
  const times = Array.from({ length: rows }, (_, row) => row * 1_000);
  const values = times.map((_, row) => (isFailed(row) ? null : row * 3));
  const { series, ...thinned } = downsample({ times, series: [{ name: SENT, values }] }, 300);
  const column = series[0]?.values ?? [];
  const rates = column.map((_, row) => rateAt(thinned.times, column, row, 0)).filter((rate) => rate !== null);
  expect(rates.length).toBeGreaterThan(50);
  expect(new Set(rates)).toEqual(new Set([3]));
});

test('what is only called like a counter is shown as it is', () => {
  const table = new SeriesTable({ times: [0, 1, 2, 3], series: [{ name: SENT, values: [5, 3, 6, 2] }] }, undefined, 1);
  expect(table.shownAs(SENT)).toBe(SENT);
});
