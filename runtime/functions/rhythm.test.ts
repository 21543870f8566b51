import { expect, test } from 'vitest';
import { dueInMs } from './rhythm.ts';

const NOW = 1_000_000;

test.each([
  { what: 'a tick is due a period after the one before was', lastDueAt: NOW - 300, lastTickAt: NOW - 100, due: 700 },
  { what: 'one that nobody served is due still', lastDueAt: NOW - 3_500, lastTickAt: NOW - 3_400, due: -2_500 },
  { what: 'after a long absence it begins anew', lastDueAt: NOW - 60_000, lastTickAt: NOW - 60_000, due: 0 },
  { what: 'a function that has never run is due', lastDueAt: null, lastTickAt: null, due: 0 },
  { what: 'one of another rhythm is due after its own period', lastDueAt: null, lastTickAt: NOW - 400, due: 600 },
  { what: 'one of another rhythm owes nothing', lastDueAt: null, lastTickAt: NOW - 4_000, due: 0 },
  { what: 'a clock that was set back delays nothing', lastDueAt: NOW + 90_000, lastTickAt: NOW + 90_000, due: 0 },
])('$what', ({ lastDueAt, lastTickAt, due }) => {
  expect(dueInMs({ periodMs: 1_000, lastDueAt, lastTickAt }, NOW)).toBe(due);
});
