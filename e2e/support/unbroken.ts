import { expect } from 'vitest';
import type { LiveResult } from './role-under-test.ts';

/**
 * Of a function that returns how often it has been called as `n`, and is called every `periodMs`: every call from the first
 * to the last is there, each once, and there is one for each period but those that were counted as late.
 */
export function expectUnbroken(results: readonly LiveResult[], periodMs?: number, late = 0): void {
  const counts = results.map(({ result }) => JSON.parse(result ?? 'null')?.n);
  expect(counts).toEqual(Array.from(counts, (_, index) => counts[0] + index));
  if (periodMs === undefined) return;
  const [first, last] = [results[0], results.at(-1)];
  if (first === undefined || last === undefined) throw new Error('no results');
  const periods = Math.round((dueOf(last) - dueOf(first)) / periodMs);
  expect(periods - (results.length - 1)).toBe(late);
}

/** When it should have started. */
function dueOf({ id, tookMs, lagMs }: LiveResult): number {
  return Number(id.split('-')[0]) - tookMs - lagMs;
}
