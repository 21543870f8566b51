import { expect, test } from 'vitest';
import { pathAfterSignIn, signInPath } from './next-path.ts';

test.each([
  ['/admin', '/admin'],
  ['/functions/a%2Fb?range=1h#top', '/functions/a%2Fb?range=1h#top'],
  ['/admin/../account', '/account'],
])('%s is a page of ours', (next, path) => {
  expect(pathAfterSignIn(next)).toBe(path);
});

test.each([
  undefined,
  '',
  'admin',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '\\\\evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/signin?next=/signin',
  ['/admin', '/account'],
])('%j leads to the start page', (next) => {
  const path = pathAfterSignIn(next);
  expect(path).toBe('/');
});

test('the way back survives the way there', () => {
  const path = '/functions/a?range=1h&x=%26';
  const { searchParams } = new URL(signInPath(path), 'http://here.invalid');
  expect(pathAfterSignIn(searchParams.get('next') ?? undefined)).toBe(path);
});
