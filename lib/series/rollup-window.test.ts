import { expect, test } from 'vitest';
import type { Rollup } from './rollup.ts';
import { rollupColumns, rollupFailureRuns } from './rollup-window.ts';

const MINUTE = 60_000;
const spacing = { bucketMs: MINUTE, periodMs: 5_000, newestAt: Number.MAX_SAFE_INTEGER };

const bucket = (minute: number, values: Record<string, [first: number, second: number]>): Rollup => ({
  start: minute * MINUTE,
  good: 12,
  names: Object.keys(values),
  series: Object.values(values).map(([first, second]) => ({
    count: 12,
    min: Math.min(first, second),
    mean: (first + second) / 2,
    max: Math.max(first, second),
    last: second,
    maxFirst: first > second,
  })),
  failures: null,
  versions: [{ at: minute * MINUTE, version: 'v1' }],
});
const failed = (minute: number, message: string, version = 'v1'): Rollup => ({
  ...bucket(minute, {}),
  good: 0,
  failures: { count: 12, from: minute * MINUTE, to: minute * MINUTE + 55_000, message, version },
});

test('a bucket is its two extremes in the order in which they came; what is missing is a gap', () => {
  const buckets = [
    bucket(0, { a: [1, 9] }),
    bucket(1, { a: [8, 2], b: [5, 5] }),
    failed(2, 'x'),
    bucket(9, { a: [3, 4] }),
  ];
  expect(rollupColumns(buckets, spacing)).toEqual({
    times: [15_000, 45_000, 75_000, 105_000, 135_000, 165_000, 180_000, 555_000, 585_000],
    series: [
      { name: 'a', values: [1, 9, 8, 2, null, null, null, 3, 4] },
      { name: 'b', values: [null, null, 5, 5, null, null, null, null, null] },
    ],
  });
});

test('nothing is drawn later than the newest invocation', () => {
  expect(rollupColumns([bucket(0, { a: [1, 2] })], { ...spacing, newestAt: 20_000 }).times).toEqual([15_000, 20_000]);
});

test('buckets that a slow function cannot fill are no gap', () => {
  const hourly = [0, 60, 120].map((minute) => bucket(minute, { a: [1, 1] }));
  expect(rollupColumns(hourly, { ...spacing, periodMs: 60 * MINUTE }).times).toHaveLength(6);
  expect(
    rollupColumns(
      [0, 2].map((minute) => bucket(minute, {})),
      { ...spacing, periodMs: MINUTE },
    ).times,
  ).toHaveLength(4);
});

test('failures in buckets side by side are one run, until the message or the version changes', () => {
  const buckets = [
    failed(0, 'x'),
    failed(1, 'x'),
    bucket(2, {}),
    bucket(3, {}),
    failed(4, 'x'),
    failed(5, 'y'),
    failed(6, 'y', 'v2'),
  ];
  expect(rollupFailureRuns(buckets, spacing).map(({ from, to, count, message }) => [from, to, count, message])).toEqual(
    [
      [0, MINUTE + 55_000, 24, 'x'],
      [4 * MINUTE, 4 * MINUTE + 55_000, 12, 'x'],
      [5 * MINUTE, 5 * MINUTE + 55_000, 12, 'y'],
      [6 * MINUTE, 6 * MINUTE + 55_000, 12, 'y'],
    ],
  );
});

test('failures far apart are one run where nothing good came between them', () => {
  const buckets = [failed(0, 'x'), failed(5, 'x'), bucket(6, { a: [1, 2] }), failed(11, 'x')];
  expect(rollupFailureRuns(buckets, spacing).map(({ from, count }) => [from, count])).toEqual([
    [0, 24],
    [11 * MINUTE, 12],
  ]);
});
