import { Redis } from 'ioredis';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { counting } from './accounts.fixture.ts';
import { BoundedArgon2 } from './argon2.ts';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

const withoutRedis = () => createContext(loadConfig({}), new Redis({ lazyConnect: true }), pino({ level: 'silent' }));
const ctx = counting(withoutRedis());

/** From the reference implementation's own tests. */
const REFERENCE = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

test('a hash that another implementation wrote is understood', async () => {
  expect(await verifyPassword(ctx, 'password', REFERENCE)).toBe(true);
  expect(await verifyPassword(ctx, 'Password', REFERENCE)).toBe(false);
});

test('a hash says its parameters, and its salt makes each another one', async () => {
  const [one, other] = [await hashPassword(ctx, 'correct horse'), await hashPassword(ctx, 'correct horse')];
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
  expect(await verifyPassword(ctx, 'correct horse', one)).toBe(true);
  expect(await verifyPassword(ctx, 'correct horse', other)).toBe(true);
});

test('a letter that is typed as one or as two code points is the same letter', async () => {
  const stored = await hashPassword(ctx, 'caf\u00e9 au lait');
  expect(await verifyPassword(ctx, 'cafe\u0301 au lait', stored)).toBe(true);
});

test('no account takes the work of a wrong password, and is never right', async () => {
  const stored = await hashPassword(ctx, 'correct horse');
  ctx.argon2Runs = 0;
  expect(await verifyPassword(ctx, 'wrong horse', stored)).toBe(false);
  expect(ctx.argon2Runs).toBe(1);
  expect(await verifyPassword(ctx, 'wrong horse', null)).toBe(false);
  expect(ctx.argon2Runs).toBe(2);
});

test('only another cost makes a hash outdated', async () => {
  expect(isOutdated(REFERENCE)).toBe(true);
  expect(isOutdated(await hashPassword(ctx, 'correct horse'))).toBe(false);
});

test('when too many are being hashed it says when to try again', async () => {
  const full = { ...withoutRedis(), argon2: new BoundedArgon2({ atOnce: 0, waiting: 0 }) };
  await expect(hashPassword(full, 'correct horse')).rejects.toMatchObject({ code: 'busy', retryAfterSeconds: 1 });
});

test('what is no hash is a fault of ours, not a wrong password', async () => {
  await expect(verifyPassword(ctx, 'x', 'plain')).rejects.toThrow(/PHC/);
});
