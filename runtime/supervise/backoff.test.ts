import { expect, test } from 'vitest';
import { Backoff } from './backoff.ts';

test('waits double up to the longest, and begin anew after a success', () => {
  const backoff = new Backoff(1_000, 60_000);
  const waits = Array.from({ length: 8 }, () => backoff.take());
  expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
  backoff.reset();
  expect(backoff.take()).toBe(1_000);
});
