import { expect, test } from 'vitest';
import { gapsBetween } from './gaps.ts';
import { usualSpacing } from './usual.ts';

const SECOND = 1_000;
const raw = { periodMs: 5 * SECOND, bucketMs: 0 };
const ran = (seconds: readonly number[], lengthMs = 0) =>
  seconds.map((second) => ({ from: second * SECOND, to: second * SECOND + lengthMs }));
const gap = (from: number, to: number) => ({ from: from * SECOND, to: to * SECOND });
const every = (step: number, count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => from + index * step);

test('a gap lies between two that are further apart than two are that follow one another', () => {
  expect(gapsBetween(ran([0, 5, 10, 22, 30, 35, 50]), raw)).toEqual([gap(35, 50)]);
  expect(gapsBetween([], raw)).toEqual([]);
});

test('in a tier of buckets it is at least one of them', () => {
  const minutes = { periodMs: 5 * SECOND, bucketMs: 60 * SECOND };
  expect(gapsBetween(ran([0, 60, 180, 240], 60 * SECOND), minutes)).toEqual([gap(120, 180)]);
});

test('where a function is called more seldom than every period, a gap is longer than usual there', () => {
  const seldom = every(30, 10);
  const often = every(5, 10, 300);
  expect(gapsBetween(ran([...seldom, ...often, 400]), raw)).toEqual([gap(345, 400)]);
  expect(gapsBetween(ran([...seldom, 400, ...every(30, 5, 430)]), raw)).toEqual([gap(270, 400)]);
});

test('what is usual is told in either order, by no fewer than eight steps unless they are alike', () => {
  const times = every(30 * SECOND, 10);
  expect(usualSpacing(times, raw).periodMs).toBe(30 * SECOND);
  expect(usualSpacing(times.toReversed(), raw).periodMs).toBe(30 * SECOND);
  expect(usualSpacing(times.slice(0, 4), raw).periodMs).toBe(30 * SECOND);
  expect(usualSpacing(times.slice(0, 3), raw)).toEqual(raw);
  expect(usualSpacing([...times.slice(0, 6), 400 * SECOND], raw)).toEqual(raw);
});

test('of very many gaps the longest are kept, in their order', () => {
  const times = every(5, 3_000).filter((second) => second % 100 < 60 && second % 9_000 < 8_000);
  const gaps = gapsBetween(ran(times), raw);
  expect(gaps).toHaveLength(50);
  expect(gaps).toContainEqual(gap(7_955, 9_000));
  expect(gaps).toEqual(gaps.toSorted((a, b) => a.from - b.from));
});
