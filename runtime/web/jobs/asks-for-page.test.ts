import { expect, test } from 'vitest';
import { asksForPage } from './asks-for-page.ts';

test.each([
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
  ['TEXT/HTML; charset=utf-8', true],
  ['text/html;q=0.1, application/json', true],
  ['application/json, text/html;q=0', false],
  ['text/html; q=0.000', false],
  ['application/json', false],
  ['*/*', false],
  ['text/*', false],
  ['', false],
])('Accept: %s', (accept, page) => {
  expect(asksForPage({ accept })).toBe(page);
});

test('without Accept it is JSON, and what Next fetches by itself is a page', () => {
  expect(asksForPage({})).toBe(false);
  expect(asksForPage({ accept: '*/*', rsc: '1' })).toBe(true);
});
