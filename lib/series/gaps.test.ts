import { expect, test } from 'vitest';
import { gapsBetween, usualStep, withGap } from './gaps.ts';

const at = (time: number) => ({ from: time, to: time });
const isLong = (from: number, to: number) => to - from > 10;

test('a gap lies between two that are too far apart', () => {
  expect(gapsBetween([0, 10, 30, 35].map(at), isLong)).toEqual([{ from: 10, to: 30 }]);
  expect(gapsBetween([], isLong)).toEqual([]);
});

test('of very many gaps the longest are kept, in their order', () => {
  const times = Array.from({ length: 200 }, (_, index) => at(index * 20 + (index > 100 ? 40 : 0)));
  const gaps = gapsBetween(times, isLong);
  expect(gaps).toHaveLength(50);
  expect(gaps).toContainEqual({ from: 2_000, to: 2_060 });
  expect(gaps).toEqual(gaps.toSorted((a, b) => a.from - b.from));
});

test('the usual step is that of most, in either order, and of too few there is none', () => {
  const times = [0, 30, 60, 90, 500, 530, 561, 590, 620, 650];
  expect(usualStep(times)).toBe(30);
  expect(usualStep(times.toReversed())).toBe(30);
  expect(usualStep([0, 30, 60, 5_000])).toBe(0);
});

test('what comes late ends a gap', () => {
  expect(withGap([], { from: 0, to: 10 }, 10)).toEqual([]);
  expect(withGap([], { from: 0, to: 11 }, 10)).toEqual([{ from: 0, to: 11 }]);
});
