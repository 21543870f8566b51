import { expect, test } from 'vitest';
import { hrefOf, parseView, RANGES } from './view.ts';

test('an address and its view are the same thing', () => {
  for (const range of RANGES) {
    const view = { path: '/', range, results: 'json', charts: 'all' } as const;
    const query = Object.fromEntries(new URL(hrefOf(view), 'http://x').searchParams);
    expect(parseView('/', query)).toEqual(view);
  }
});

test('the usual view has a plain address, and an unknown value is the usual one', () => {
  const view = parseView('/functions/a', { range: '3y', view: ['json'], charts: 'none' });
  expect(view.range.label).toBe('15m');
  expect(hrefOf(view)).toBe('/functions/a');
});
