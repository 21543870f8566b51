import { expect, test } from 'vitest';
import type { SeriesRollup } from './rollup.ts';
import { decodeRollup, type Encoded, encodeRollup } from './rollup-codec.ts';

const start = 1_800_000_000_000;
const constant = (value: number, count = 12): SeriesRollup => ({
  count,
  min: value,
  mean: value,
  max: value,
  last: value,
  maxFirst: false,
});
const row = (...series: SeriesRollup[]): Encoded => ({
  start,
  good: 12,
  series,
  versions: [{ at: start + 4_210, version: 'abc1234' }],
});
const names = (count: number) => Array.from({ length: count }, (_, index) => `s${index}`);
const through = (bucket: Encoded) =>
  decodeRollup(encodeRollup(bucket, 'id'), start, (id) => (id === 'id' ? names(bucket.series.length) : undefined));

test('constants, counters and numbers of any size come back as they were', () => {
  const bytes = {
    count: 12,
    min: 25_276_067_840,
    mean: 25_276_067_900.5,
    max: 25_276_067_968,
    last: 25_276_067_968,
    maxFirst: false,
  };
  const bucket = row(constant(100 / 3), constant(-0), constant(2 ** 53 - 1), constant(1e308), bytes, constant(7, 3));
  expect(through(bucket)).toEqual({ ...bucket, names: names(6) });
});

test('other numbers move by less than a thousandth of the range in their bucket', () => {
  for (const [min, max] of [
    [0.1, 99.7],
    [10.23301, 10.23342],
    [1e-9, 2e-9],
    [-1e30, 3e38],
  ] as const) {
    const mean = min + (max - min) / 3;
    const found = through(row({ count: 12, min, mean, max, last: mean, maxFirst: true }))?.series[0];
    for (const [got, was] of [
      [found?.min, min],
      [found?.mean, mean],
      [found?.max, max],
      [found?.last, mean],
    ] as const)
      expect(Math.abs((got ?? Number.NaN) - was)).toBeLessThanOrEqual((max - min) / 1024);
    expect(found?.maxFirst).toBe(true);
  }
});

test('percentages take 17 bytes a series', () => {
  const percent = { count: 12, min: 3.2, mean: 12.7, max: 44.1, last: 9.9, maxFirst: false };
  const size = (count: number) => encodeRollup(row(...Array.from({ length: count }, () => percent)), 'id').length;
  expect(size(16) - size(15)).toBe(17);
});

test('several versions, a bucket of failures alone, and what is no entry', () => {
  const bucket: Encoded = {
    start,
    good: 0,
    series: [],
    versions: [
      { at: start, version: 'a' },
      { at: start + 59_999, version: 'b:c' },
    ],
  };
  expect(through(bucket)).toEqual({ ...bucket, names: [] });
  const bytes = encodeRollup(row(constant(1)), 'id');
  expect(decodeRollup(bytes, start, () => undefined)).toBeNull();
  expect(decodeRollup(bytes.subarray(0, bytes.length - 1), start, () => ['s'])).toBeNull();
  expect(decodeRollup(Buffer.from('id'), start, () => ['s'])).toBeNull();
});
