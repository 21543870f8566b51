import { expect, test } from 'vitest';
import { pairOf, toggled } from './comparison.ts';

const NUMBERS = [5, 4, 3, 2];
const facts = { live: 4, hasDraft: false, numbers: NUMBERS };

test('one version is compared with the live one, the older first', () => {
  expect(pairOf([2], facts)).toEqual({ before: 2, after: 4 });
  expect(pairOf([5], facts)).toEqual({ before: 4, after: 5 });
});

test('the live one is compared with the draft, or with the one before it', () => {
  expect(pairOf([4], facts)).toEqual({ before: 3, after: 4 });
  expect(pairOf([4], { ...facts, hasDraft: true })).toEqual({ before: 4, after: 'draft' });
});

test('two are compared with one another, whatever is live', () => {
  expect(pairOf([5, 2], facts)).toEqual({ before: 2, after: 5 });
  expect(pairOf(['draft', 2], facts)).toEqual({ before: 2, after: 'draft' });
});

test('with nothing to compare there is no pair', () => {
  expect(pairOf([], facts)).toBeNull();
  expect(pairOf([2], { ...facts, live: 2, numbers: [2] })).toBeNull();
  expect(pairOf([2], { ...facts, live: null })).toBeNull();
});

test('a third selection takes the place of the first, and a second click takes one out', () => {
  expect(toggled([5, 2], 3)).toEqual([2, 3]);
  expect(toggled([5, 2], 2)).toEqual([5]);
});
