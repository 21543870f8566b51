import { expect, test } from 'vitest';
import { median, medianRatio, percentile } from './statistics.ts';

test('a percentile is one of the values, by nearest rank, whatever their order', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(values, 0.5)).toBe(50);
  expect(percentile(values, 0.99)).toBe(99);
  expect(percentile(values, 1)).toBe(100);
  expect(percentile([7], 0.01)).toBe(7);
  expect(percentile([], 0.5)).toBeNaN();
});

test('the median of an even count lies between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});

test('a ratio compares within each round, so that a slow round does not shift it', () => {
  expect(medianRatio([50, 5, 50], [100, 10, 100])).toBe(0.5);
});
