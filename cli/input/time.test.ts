import { expect, test, vi } from 'vitest';
import { pointInTime } from './time.ts';

test('a stretch of time is counted back from now, and a date is one of this machine', () => {
  const NOW = Date.UTC(2026, 2, 1);
  vi.useFakeTimers({ now: NOW, toFake: ['Date'] });
  expect(['90s', '30m', '2h', '7d'].map((text) => NOW - pointInTime.parse(text))).toEqual([
    90_000, 1_800_000, 7_200_000, 604_800_000,
  ]);
  vi.useRealTimers();
  expect(pointInTime.parse('2026-03-01')).toBe(new Date(2026, 2, 1).getTime());
  expect(pointInTime.parse('2026-03-01T14:30')).toBe(new Date(2026, 2, 1, 14, 30).getTime());
  expect(pointInTime.parse('2026-03-01T14:30Z')).toBe(Date.UTC(2026, 2, 1, 14, 30));
});

test.each(['', 'yesterday', '2', '2x', '2026-13-01'])('%j is none', (text) => {
  expect(pointInTime.safeParse(text).error?.issues[0]?.message).toMatch(/^must be such as/);
});
