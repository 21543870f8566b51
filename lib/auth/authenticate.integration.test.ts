import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  ADMIN,
  ADMIN_PASSWORD,
  accountsSuite,
  type CountingContext,
  HERE,
  readEverything,
} from './accounts.fixture.ts';
import { authenticate } from './authenticate.ts';
import { createToken, MAX_TOKENS } from './create-token.ts';
import { deleteUser } from './delete-user.ts';
import { listTokens } from './list-tokens.ts';
import { revokeToken } from './revoke-token.ts';
import { signIn } from './sign-in.ts';
import { noteTokenUsed, readToken } from './token-store.ts';
import { updateUser } from './update-user.ts';

const accounts = accountsSuite();
const PASSWORD = 'a good password';
const { address, requestId } = HERE;

const basic = (login: string | number, password: string) =>
  `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
const withHeader = (ctx: CountingContext, authorization: string) =>
  authenticate(ctx, { authorization, address, requestId });

afterEach(() => void vi.useRealTimers());

describe('nobody', () => {
  test.each([
    [{}],
    [{ sessionSecret: '' }],
    [{ sessionSecret: 'x'.repeat(43) }],
    [{ authorization: '' }],
    [{ authorization: 'Bearer x' }],
    [{ authorization: `Bearer vig_${'x'.repeat(43)}` }],
    [{ authorization: basic('admin', `vig_${'x'.repeat(43)}`) }],
    [{ authorization: basic('', ADMIN_PASSWORD) }],
  ])('presents %j', async (presented) => {
    const { ctx } = await accounts.started();
    expect(await authenticate(ctx, { ...presented, address, requestId })).toBeNull();
  });

  test.each([
    ['', ADMIN_PASSWORD],
    ['admin', ''],
    ['x'.repeat(65), ADMIN_PASSWORD],
    ['admin', 'x'.repeat(1_025)],
  ])('has a name like %j or a password like %j, so neither is looked at', async (login, password) => {
    const { ctx } = await accounts.started();
    expect(await withHeader(ctx, basic(login, password))).toBeNull();
    expect(ctx.argon2Runs).toBe(0);
    expect(await ctx.redis.keys(ctx.keys.accounts.attempts('*'))).toEqual([]);
  });

  test('is stopped by a wrong token however often: it is beyond guessing', async () => {
    const { ctx } = await accounts.started();
    for (let index = 0; index < 20; index += 1) {
      expect(await withHeader(ctx, basic('admin', `vig_${'x'.repeat(43)}`))).toBeNull();
    }
    expect(ctx.argon2Runs).toBe(0);
    expect(await withHeader(ctx, basic('admin', ADMIN_PASSWORD))).toMatchObject({ uid: 0 });
  });
});

test('a session that works goes before a header; one that has ended gives way to it', async () => {
  const { ctx } = await accounts.started();
  const ana = await accounts.user(ctx, 'ana', PASSWORD);
  const { secret } = await createToken(ctx, ana, { name: 'ci' });
  const { secret: sessionSecret } = await signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE });
  const authorization = `Bearer ${secret}`;
  expect(await authenticate(ctx, { sessionSecret, authorization, address, requestId })).toMatchObject({
    uid: 0,
    via: 'session',
  });
  expect(await authenticate(ctx, { sessionSecret: 'over', authorization, address, requestId })).toMatchObject({
    uid: ana.uid,
  });
});

describe('a password with each request', () => {
  test.each(['ana', 'ANA', 1])('is right with %s', async (login) => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    const caller = { uid, name: 'ana', role: 'user', via: 'password', credentialId: null };
    expect(await withHeader(ctx, basic(login, PASSWORD))).toEqual(caller);
  });

  test('costs one argon2 a minute, even when many requests come at once', async () => {
    const { ctx } = await accounts.started();
    const header = basic('admin', ADMIN_PASSWORD);
    vi.useFakeTimers({ toFake: ['performance'] });
    const callers = await Promise.all(Array.from({ length: 30 }, () => withHeader(ctx, header)));
    expect(callers.filter((caller) => caller?.uid === 0)).toHaveLength(30);
    for (let index = 0; index < 10; index += 1) await withHeader(ctx, header);
    expect(ctx.argon2Runs).toBe(1);
    vi.advanceTimersByTime(60_000);
    await withHeader(ctx, header);
    expect(ctx.argon2Runs).toBe(2);
  });

  test('is proven again in every process after the account was changed in one', async () => {
    const { ctx, under } = await accounts.started();
    const other = accounts.process(under);
    await other.redis.connect();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    const header = basic('ana', PASSWORD);
    expect(await withHeader(other, header)).toMatchObject({ role: 'user' });
    await updateUser(ctx, ADMIN, { uid, changes: { role: 'admin' } });
    expect(await withHeader(other, header)).toMatchObject({ role: 'admin' });
    expect(other.argon2Runs).toBe(2);
    await updateUser(ctx, ADMIN, { uid, changes: { name: 'bia' } });
    expect(await withHeader(other, header)).toBeNull();
    expect(await withHeader(other, basic('bia', PASSWORD))).toMatchObject({ uid });
    await updateUser(ctx, ADMIN, { uid, changes: { disabled: true } });
    expect(await withHeader(other, basic('bia', PASSWORD))).toBeNull();
  });

  test('is limited like a sign-in, except for who has just proven it', async () => {
    const { ctx } = await accounts.started();
    expect(await withHeader(ctx, basic('admin', ADMIN_PASSWORD))).not.toBeNull();
    for (let index = 0; index < 10; index += 1) expect(await withHeader(ctx, basic('admin', `${index}`))).toBeNull();
    const eleventh = withHeader(ctx, basic('admin', 'one more'));
    await expect(eleventh).rejects.toMatchObject({ code: 'limited', retryAfterSeconds: expect.any(Number) });
    expect(await withHeader(ctx, basic('admin', ADMIN_PASSWORD))).toMatchObject({ uid: 0 });
  });
});

describe('a token', () => {
  test('is its owner, as a bearer or in the place of a password', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    const { secret, token } = await createToken(ctx, ana, { name: 'ci' });
    expect(secret).toMatch(/^vig_[A-Za-z0-9_-]{43}$/);
    const caller = { uid: ana.uid, name: 'ana', role: 'user', via: 'token', credentialId: token.id };
    const headers = [`Bearer ${secret}`, basic('', secret), basic('Ana', secret), basic(ana.uid, secret)];
    for (const header of headers) expect(await withHeader(ctx, header)).toEqual(caller);
    expect(await withHeader(ctx, basic('admin', secret))).toBeNull();
  });

  test('cannot be used by who reads Redis, nor is it a session', async () => {
    const { ctx } = await accounts.started();
    const { secret, token } = await createToken(ctx, ADMIN, { name: 'a script of mine' });
    const { secret: sessionSecret } = await signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE });
    const found = await readEverything(ctx);
    expect(found).toContain(token.name);
    expect(found).not.toContain(secret.slice('vig_'.length));
    expect(await withHeader(ctx, `Bearer ${token.id}`)).toBeNull();
    expect(await authenticate(ctx, { sessionSecret: secret, address, requestId })).toBeNull();
    expect(await withHeader(ctx, `Bearer ${sessionSecret}`)).toBeNull();
  });

  test('says when it was last used, as exact as a minute', async () => {
    const { ctx } = await accounts.started();
    const start = Date.now();
    const at = (ms: number) => vi.useFakeTimers({ toFake: ['Date'], now: ms });
    at(start);
    const { secret, token } = await createToken(ctx, ADMIN, { name: ' ci ' });
    const shown = { id: token.id, name: 'ci', createdAt: start, expiresAt: null, lastUsedAt: null };
    expect(await listTokens(ctx, ADMIN, { uid: 0 })).toEqual([shown]);
    for (const [now, lastUsedAt] of [
      [start + 1_000, start + 1_000],
      [start + 60_999, start + 1_000],
      [start + 61_000, start + 61_000],
    ] as const) {
      at(now);
      await withHeader(ctx, `Bearer ${secret}`);
      expect(await listTokens(ctx, ADMIN, { uid: 0 })).toEqual([{ ...shown, lastUsedAt }]);
    }
  });

  test('ends when it expires, by Redis itself', async () => {
    const { ctx } = await accounts.started();
    const expiresAt = Date.now() + 3_600_000;
    const { token } = await createToken(ctx, ADMIN, { name: 'ci', expiresAt });
    expect(token.expiresAt).toBe(expiresAt);
    expect(await ctx.redis.pexpiretime(ctx.keys.accounts.token(token.id))).toBe(expiresAt);
    const past = createToken(ctx, ADMIN, { name: 'ci', expiresAt: Date.now() });
    await expect(past).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'expiresAt' }] });
  });

  test('ends when it is revoked, by its owner or an admin only', async () => {
    const { ctx } = await accounts.started();
    const [ana, bia] = [await accounts.user(ctx, 'ana', PASSWORD), await accounts.user(ctx, 'bia', PASSWORD)];
    const { secret, token } = await createToken(ctx, ana, { name: 'ci' });
    const { id } = token;
    await expect(revokeToken(ctx, bia, { uid: ana.uid, id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revokeToken(ctx, bia, { uid: bia.uid, id })).rejects.toMatchObject({ code: 'not_found' });
    expect(await withHeader(ctx, `Bearer ${secret}`)).not.toBeNull();
    const endings = await accounts.endings(ctx);
    const told = await endings.causedBy(() => revokeToken(ctx, ADMIN, { uid: ana.uid, id }));
    expect(told).toEqual({ uid: ana.uid, credentialIds: [id], isPasswordOver: false });
    expect(await withHeader(ctx, `Bearer ${secret}`)).toBeNull();
    expect(await listTokens(ctx, ana, { uid: ana.uid })).toEqual([]);
  });

  test('does not come back when it is used as it ends', async () => {
    const { ctx } = await accounts.started();
    const { token } = await createToken(ctx, ADMIN, { name: 'ci' });
    const record = await readToken(ctx, token.id);
    await revokeToken(ctx, ADMIN, { uid: 0, id: token.id });
    if (record !== null) await noteTokenUsed(ctx, record);
    expect(await ctx.redis.exists(ctx.keys.accounts.token(token.id))).toBe(0);
  });

  test('is not made for an account that has just been deleted', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    await deleteUser(ctx, ADMIN, { uid: ana.uid });
    await expect(createToken(ctx, ana, { name: 'ci' })).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await listTokens(ctx, ADMIN, { uid: ana.uid })).toEqual([]);
  });

  test('makes no other token', async () => {
    const { ctx } = await accounts.started();
    const { secret } = await createToken(ctx, ADMIN, { name: 'ci' });
    const caller = await withHeader(ctx, `Bearer ${secret}`);
    if (caller === null) throw new Error('not authenticated');
    await expect(createToken(ctx, caller, { name: 'another' })).rejects.toMatchObject({ code: 'forbidden' });
  });

  test('is one of a hundred at most, of which those that have expired are none', async () => {
    const { ctx } = await accounts.started();
    const made = await Promise.all(Array.from({ length: MAX_TOKENS }, () => createToken(ctx, ADMIN, { name: 'ci' })));
    await expect(createToken(ctx, ADMIN, { name: 'one more' })).rejects.toMatchObject({ code: 'invalid' });
    await ctx.redis.del(ctx.keys.accounts.token(made[0]?.token.id ?? ''));
    await expect(createToken(ctx, ADMIN, { name: 'one more' })).resolves.toBeDefined();
    expect(await listTokens(ctx, ADMIN, { uid: 0 })).toHaveLength(MAX_TOKENS);
  });
});
