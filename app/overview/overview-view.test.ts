import { expect, test } from 'vitest';
import { overviewHref, parseOverviewView, RANGES, SORTS, STATES_SHOWN } from './overview-view.ts';

const usual = parseOverviewView({});

test('an address and its view are the same thing', () => {
  for (const sort of SORTS) {
    for (const range of RANGES) {
      for (const state of [undefined, ...STATES_SHOWN]) {
        const view = { q: 'a&b=c', state, sort, range, page: 3, isKiosk: true };
        const { searchParams } = new URL(overviewHref(view), 'http://x');
        expect(parseOverviewView(Object.fromEntries(searchParams))).toEqual(view);
      }
    }
  }
});

test('the usual view has a plain address, and what is unknown is as usual', () => {
  expect(overviewHref(usual)).toBe('/');
  expect(overviewHref({ ...usual, isKiosk: true })).toBe('/?kiosk');
  expect(parseOverviewView({ q: ['a', 'b'], state: 'dead', sort: 'up', range: '3y', page: '-1' })).toEqual(usual);
  expect(parseOverviewView({ page: '1e99' })).toEqual(usual);
});
