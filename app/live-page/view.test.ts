import { expect, test } from 'vitest';
import { hrefOf, isShown, parseView, RANGES, rangeFor, rangeInWords, type View } from './view.ts';

const NOW = Date.UTC(2026, 10, 21, 12);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const reader = { now: NOW, timeZone: 'America/Sao_Paulo' };
const viewOf = (query: Record<string, string | string[]>) => parseView('/functions/a', query, reader);

test('an address and its view are the same thing', () => {
  for (const range of [null, ...RANGES]) {
    for (const fixed of [null, { from: NOW - 5_000, to: NOW - 1_000 }]) {
      for (const tick of [null, '12-0']) {
        const view: View = { path: '/', range, fixed, refused: null, results: 'json', charts: 'all', tick };
        const query = Object.fromEntries(new URL(hrefOf(view), 'http://x').searchParams);
        expect(parseView('/', query, reader)).toEqual(view);
      }
    }
  }
});

test('an address that names nothing, or something unknown, leaves it to the data', () => {
  const view = viewOf({ range: '3y', view: ['json'], charts: 'none' });
  expect(view).toMatchObject({ range: null, fixed: null, refused: null });
  expect(hrefOf(view)).toBe('/functions/a');
});

test.each([
  [`${NOW - 2 * HOUR}`, `${NOW - HOUR}`],
  ['2026-11-21T10:00:00Z', '2026-11-21T11:00:00.000Z'],
  ['2026-11-21T11:00:00+01:00', '2026-11-21T12:00+0100'],
  // The fields of the form, by the reader's own clock.
  ['2026-11-21T07:00', '2026-11-21T08:00:00'],
  ['2026-11-21 07:00', '2026-11-21 08:00'],
])('from %s to %s is a range that does not move', (from, to) => {
  expect(viewOf({ from, to, range: '1h' })).toMatchObject({
    fixed: { from: NOW - 2 * HOUR, to: NOW - HOUR },
    refused: null,
    range: { label: '1h' },
  });
});

test.each([
  ['', '', { from: 'missing', to: 'missing' }],
  ['', '2026-11-21T10:00Z', { from: 'missing' }],
  ['2026-11-21T10:00Z', '', { to: 'missing' }],
  ['yesterday', '2026-13-40T99:00Z', { from: 'unreadable', to: 'unreadable' }],
  ['2026-11-21T11:00Z', '2026-11-21T10:00Z', { from: 'reversed' }],
  ['2026-11-21T10:00Z', '2026-11-22T10:00Z', { to: 'future' }],
  ['2026-10-01T10:00Z', '2026-11-21T10:00Z', { from: 'too-long' }],
  ['2026-11-21T10:00Z', '2026-11-21T10:00Z', { to: 'too-short' }],
] as const)('from %j to %j is refused at its field', (from, to, problems) => {
  const view = viewOf({ from, to });
  expect(view).toMatchObject({ fixed: null, refused: { from, to, problems } });
  expect(Object.keys(view.refused?.problems ?? {})).toEqual(Object.keys(problems));
  expect(hrefOf(view)).toBe('/functions/a');
});

test.each([
  [{ oldestMs: MINUTE, newestMs: 0 }, '5m'],
  [{ oldestMs: 6 * MINUTE, newestMs: 0 }, '15m'],
  [{ oldestMs: 20 * 24 * HOUR, newestMs: 5_000 }, '15m'],
  [{ oldestMs: 20 * 24 * HOUR, newestMs: 3 * HOUR }, '6h'],
  [{ oldestMs: 40 * 24 * HOUR, newestMs: 39 * 24 * HOUR }, '30d'],
  [null, '15m'],
])('with data that reaches %j, %s is shown unless somebody asks', (reach, label) => {
  expect(rangeFor(reach).label).toBe(label);
});

test('a range is called as short as it can be', () => {
  expect([...RANGES.map(({ ms }) => ms), 80 * MINUTE, 90_000, 2_000].map(rangeInWords)).toEqual([
    '5 min',
    '15 min',
    '1 h',
    '6 h',
    '24 h',
    '7 d',
    '30 d',
    '1 h 20 min',
    '1 min 30 s',
    '2 s',
  ]);
});

test('a tick in an address is an id or a time', () => {
  expect(['12-0', '12', 'x', '1-2-3'].map((tick) => viewOf({ tick }).tick)).toEqual(['12-0', '12', null, null]);
});

test.each([
  ['a range that moves', { range: RANGES[2], fixed: null }, HOUR],
  ['one that does not', { range: RANGES[0], fixed: { from: NOW - 2 * HOUR, to: NOW - HOUR } }, 2 * HOUR, HOUR],
  ['one that the data decides', { range: null, fixed: null }, 15 * MINUTE],
])('%s shows what lies in it', (_what, view, oldest, newest = 0) => {
  const isShownAt = (ago: number) => isShown(NOW - ago, view, NOW);
  expect([oldest + 1, oldest, newest, newest - 1].map(isShownAt)).toEqual([false, true, true, false]);
});
