import { expect, test } from 'vitest';
import { VigiaError } from './errors.ts';
import { httpRefusal } from './http-refusal.ts';

test('a wait is told in seconds, and an outage has one of its own', () => {
  expect(httpRefusal(new VigiaError('limited', '', { retryAfterSeconds: 90 }))).toEqual({
    status: 429,
    headers: { 'Retry-After': '90' },
  });
  expect(httpRefusal(new VigiaError('unavailable', ''))).toEqual({ status: 503, headers: { 'Retry-After': '2' } });
});

test('who is not signed in is told a scheme that makes no browser ask for a password', () => {
  const { status, headers } = httpRefusal(new VigiaError('unauthenticated', ''));
  expect([status, headers['WWW-Authenticate']]).toEqual([401, 'Bearer realm="Vigia"']);
});

test('a name that is taken and a save that comes too late are told apart', () => {
  expect(httpRefusal(new VigiaError('exists', '')).status).toBe(409);
  expect(httpRefusal(new VigiaError('conflict', '')).status).toBe(412);
});
