import { expect, test } from 'vitest';
import { moment } from './moment.ts';

const NOW = Date.UTC(2025, 10, 21, 12, 0, 0);

test.each([
  [Date.UTC(2025, 10, 21, 11, 46, 5), 'UTC', 'today 11:46:05'],
  [Date.UTC(2025, 10, 20, 18, 42, 7), 'UTC', '20 Nov 18:42'],
  [Date.UTC(2025, 10, 21, 2, 0, 0), 'America/Sao_Paulo', '20 Nov 23:00'],
  [Date.UTC(2024, 0, 3, 9, 0, 0), 'UTC', '3 Jan 2024'],
])('%d in %s is %j', (at, zone, text) => {
  expect(moment(at, NOW, zone)).toBe(text);
});
