import { expect, test } from 'vitest';
import { requestTarget } from './request-target.ts';

test.each([
  ['/', '/'],
  ['/admin?next=//elsewhere', '/admin'],
  ['/live/../admin', '/admin'],
  ['/live/..\\admin', '/admin'],
  ['/a%2fb', '/a%2fb'],
  ['/a//b', '/a//b'],
])('%s is %s', (target, pathname) => {
  expect(requestTarget(target)?.pathname).toBe(pathname);
});

test.each([
  undefined,
  '',
  '*',
  'admin',
  '//',
  '//elsewhere.test/admin',
  '/\\elsewhere.test',
  '/..//elsewhere.test',
  '/.\\/elsewhere.test',
  'http://[',
  'http://elsewhere.test/admin',
  '/%',
  '/%zz',
])('%j is no address', (target) => {
  expect(requestTarget(target)).toBeNull();
});
