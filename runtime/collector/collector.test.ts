import { expect, test } from 'vitest';
import { nextRound } from './collector.ts';

test.each([
  ['in time', 0, 12, 1],
  ['a timer that fired a moment early', 3, 2999.6, 4],
  ['exactly on the next one', 0, 1000, 1],
  ['late by a bit more than a round', 0, 1001, 2],
  ['late by many rounds: they are skipped', 4, 60_500, 61],
])('%s', (_, round, elapsedMs, next) => {
  expect(nextRound(round, elapsedMs, 1000)).toBe(next);
});
