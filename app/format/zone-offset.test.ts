import { expect, test } from 'vitest';
import { momentInZone, zoneOffset } from './zone-offset.ts';

const HOUR = 3_600_000;

test.each([
  ['UTC', 0],
  ['America/Sao_Paulo', -3],
  ['Asia/Kolkata', 5.5],
  ['Europe/Berlin', 1],
])('%s is %d h ahead in November', (zone, hours) => {
  expect(zoneOffset(Date.UTC(2026, 10, 21), zone)).toBe(hours * HOUR);
});

test('what a clock shows is that moment, in winter and in summer', () => {
  expect(momentInZone(Date.UTC(2026, 10, 21, 12), 'Europe/Berlin')).toBe(Date.UTC(2026, 10, 21, 11));
  expect(momentInZone(Date.UTC(2026, 6, 21, 12), 'Europe/Berlin')).toBe(Date.UTC(2026, 6, 21, 10));
  // Half an hour after the change to summer time.
  expect(momentInZone(Date.UTC(2026, 2, 29, 3, 30), 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 1, 30));
});
