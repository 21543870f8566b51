import { expect, test } from 'vitest';
import { hrefOf, parseView, RANGES } from './view.ts';

test('an address and its view are the same thing', () => {
  for (const range of RANGES) {
    const view = { path: '/', range, results: 'json', charts: 'all', tick: null } as const;
    const query = Object.fromEntries(new URL(hrefOf(view), 'http://x').searchParams);
    expect(parseView('/', query)).toEqual(view);
  }
});

test('the usual view has a plain address, and an unknown value is the usual one', () => {
  const view = parseView('/functions/a', { range: '3y', view: ['json'], charts: 'none' });
  expect(view.range.label).toBe('15m');
  expect(hrefOf(view)).toBe('/functions/a');
});

test('a tick in an address is an id or a time, and links to other views leave it', () => {
  const of = (tick: string) => parseView('/', { tick });
  expect(['12-0', '12', 'x', '1-2-3'].map((tick) => of(tick).tick)).toEqual(['12-0', '12', null, null]);
  expect(hrefOf(of('12-0'))).toBe('/');
});
