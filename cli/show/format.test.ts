import { expect, test } from 'vitest';
import { age, bytes, moment, span } from './format.ts';

test.each([
  [64, '64 ms'],
  [1_000, '1 s'],
  [2_440, '2.4 s'],
  [45_000, '45 s'],
  [300_000, '5 min'],
  [10_800_000, '3 h'],
  [259_200_000, '3 d'],
])('%i ms is %s', (ms, text) => expect(span(ms)).toBe(text));

test.each([
  [-5_000, 'now'],
  [999, 'now'],
  [1_999, '1 s ago'],
  [180_000, '3 min ago'],
])('%i ms before is %s', (ms, text) => expect(age(1e12 - ms, 1e12)).toBe(text));

test('times of this machine are sortable, sizes short', () => {
  expect(moment(new Date(2026, 2, 1, 4, 5, 6).getTime())).toBe('2026-03-01 04:05:06');
  expect([bytes(12), bytes(3_482), bytes(2_097_152)]).toEqual(['12 B', '3.4 KiB', '2.0 MiB']);
});
