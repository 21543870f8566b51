import { expect, test } from 'vitest';
import { overview } from '#lib/schemas/overview';
import { isOverview } from './guard.ts';

const answer = {
  now: 1,
  total: 1,
  counts: { failing: 0, stale: 0, waiting: 0, running: 1, disabled: 0 },
  matching: 1,
  page: 1,
  pages: 1,
  functions: [
    {
      name: 'a',
      language: 'python',
      status: 'live',
      inputKey: 'metrics',
      periodMs: 5_000,
      dataAt: 1,
      tookMs: 1,
      lagMs: 1,
      figure: { name: 'x', kind: 'other', value: 1 },
      staleCause: 'unchanged',
      failure: { message: 'x', inARow: 1, retryAt: 1 },
      disabledBy: 'maria',
      curve: { from: 0, times: [1], values: [null], failures: [{ from: 1, to: 2 }] },
    },
  ],
};

/** The value with each of its parts, one after another, gone or of another type. */
function* spoiled(value: unknown): Generator<unknown> {
  for (const other of [undefined, null, 'x', 7, false, [], {}]) yield other;
  if (typeof value !== 'object' || value === null) return;
  for (const [field, part] of Object.entries(value)) {
    for (const other of spoiled(part)) {
      const copy = structuredClone(value);
      Reflect.set(copy, field, other);
      yield copy;
    }
  }
}

test('the guard takes and refuses what the schema does', () => {
  expect([isOverview(answer), overview.safeParse(answer).success]).toEqual([true, true]);
  for (const other of spoiled(answer)) {
    expect([isOverview(other), other]).toEqual([overview.safeParse(other).success, other]);
  }
});
