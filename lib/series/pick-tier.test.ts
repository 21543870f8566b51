import { expect, test } from 'vitest';
import { pickTier } from './pick-tier.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const now = 1_000 * DAY;

const tiers = (raw: number | null, minutes: number | null, quarters: number | null, periodMs = 5_000) => [
  { stepMs: periodMs, oldest: raw === null ? null : now - raw },
  { stepMs: MINUTE, oldest: minutes === null ? null : now - minutes },
  { stepMs: 15 * MINUTE, oldest: quarters === null ? null : now - quarters },
];
const full = tiers(2 * HOUR, 2 * DAY, 30 * DAY);

test.each([
  ['15 minutes of a function that has run for a month', full, 15 * MINUTE, 0],
  ['2 hours', full, 2 * HOUR, 0],
  ['6 hours', full, 6 * HOUR, 1],
  ['2 days', full, 2 * DAY, 1],
  ['a week', full, 7 * DAY, 2],
  ['30 days', full, 30 * DAY, 2],
  ['a year, of which 30 days are kept', full, 365 * DAY, 2],
  ['30 days of a function that began an hour ago', tiers(HOUR, HOUR + 30_000, HOUR + 10 * MINUTE), 30 * DAY, 0],
  ['30 days of a function that began three hours ago', tiers(2 * HOUR, 3 * HOUR, 3 * HOUR), 30 * DAY, 1],
  ['nothing at all', tiers(null, null, null), HOUR, 0],
  ['no bucket complete yet', tiers(30_000, null, null), HOUR, 0],
  ['a fast function: its raw entries reach back 17 minutes', tiers(17 * MINUTE, 2 * DAY, 30 * DAY, 100), HOUR, 1],
  ['very many raw rows, but too few minutes', tiers(17 * MINUTE, 2 * DAY, 30 * DAY, 100), 15 * MINUTE, 0],
  ['raw entries that reach far back, but are very many', tiers(14 * HOUR, 2 * DAY, 30 * DAY), 12 * HOUR, 1],
])('%s', (_name, reach, range, expected) => {
  expect(pickTier(reach, now - range, now)).toBe(expected);
});
