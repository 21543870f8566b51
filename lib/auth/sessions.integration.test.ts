import { afterEach, describe, expect, test, vi } from 'vitest';
import { lifetimes } from '#lib/keys';
import {
  ADMIN,
  ADMIN_PASSWORD,
  accountsSuite,
  type CountingContext,
  HERE,
  readEverything,
} from './accounts.fixture.ts';
import { authenticate } from './authenticate.ts';
import type { Caller } from './caller.ts';
import { endOfCredential } from './credential-end.ts';
import { listSessions } from './list-sessions.ts';
import { revokeSession, revokeSessions } from './revoke-session.ts';
import { MAX_SESSIONS, noteSessionSeen, readSession, SEEN_EVERY_MS, startSession } from './session-store.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { updateUser } from './update-user.ts';
import { readRecord } from './user-record.ts';

const accounts = accountsSuite();
const DAY = 24 * 3_600_000;
const PASSWORD = 'a good password';

const signedIn = (ctx: CountingContext, rest: { replaces?: string; userAgent?: string } = {}) =>
  signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE, ...rest });
const who = (ctx: CountingContext, sessionSecret: string) => authenticate(ctx, { sessionSecret, ...HERE });
const idOf = ({ credentialId }: Caller) => credentialId ?? '';

/** Only our own clock: Redis counts lifetimes by its own. */
const setClock = (at: number) => vi.useFakeTimers({ toFake: ['Date'], now: at });
afterEach(() => void vi.useRealTimers());

describe('a session', () => {
  test('is its holder until they sign out, and tells open streams', async () => {
    const { ctx } = await accounts.started();
    const { secret, caller } = await signedIn(ctx);
    expect(await who(ctx, secret)).toEqual(caller);
    const endings = await accounts.endings(ctx);
    const told = await endings.causedBy(() => signOut(ctx, caller));
    expect(told).toEqual({ uid: 0, credentialIds: [caller.credentialId], isPasswordOver: false });
    expect(await who(ctx, secret)).toBeNull();
    expect(await listSessions(ctx, ADMIN, { uid: 0 })).toEqual([]);
  });

  test('cannot be used by who reads Redis', async () => {
    const { ctx } = await accounts.started();
    const { secret, caller } = await signedIn(ctx);
    const found = await readEverything(ctx);
    expect(found).toContain(HERE.userAgent);
    expect(found).not.toContain(secret);
    expect(await who(ctx, idOf(caller))).toBeNull();
  });

  test('gets a new id at sign-in, and the one that was presented ends', async () => {
    const { ctx } = await accounts.started();
    const planted = await signedIn(ctx);
    const { secret } = await signedIn(ctx, { replaces: planted.secret });
    expect(secret).not.toBe(planted.secret);
    expect(await who(ctx, planted.secret)).toBeNull();
    expect(await who(ctx, secret)).toMatchObject({ uid: 0 });
  });

  test('does not end when somebody else signs in wrongly with it', async () => {
    const { ctx } = await accounts.started();
    const { secret } = await signedIn(ctx);
    const wrong = signIn(ctx, { name: 'admin', password: 'wrong', replaces: secret, ...HERE });
    await expect(wrong).rejects.toMatchObject({ code: 'unauthenticated' });
    expect(await who(ctx, secret)).not.toBeNull();
  });

  test('does not begin for an account that changed while its password was checked', async () => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    const proven = await readRecord(ctx, uid);
    if (proven === null) throw new Error('no account');
    await updateUser(ctx, ADMIN, { uid, changes: { disabled: true } });
    expect(await startSession(ctx, proven, HERE)).toBeNull();
    expect(await listSessions(ctx, ADMIN, { uid })).toEqual([]);
  });
});

test('a session is nobody while an account is disabled by hand', async () => {
  const { ctx } = await accounts.started();
  const { secret } = await signedIn(ctx);
  await ctx.redis.hset(ctx.keys.accounts.user(0), 'disabled', '1');
  expect(await who(ctx, secret)).toBeNull();
});

describe('how long it lasts', () => {
  test('is seven days from its last use, as exact as a minute', async () => {
    const { ctx } = await accounts.started();
    const start = Date.now();
    setClock(start);
    const { secret, caller } = await signedIn(ctx);
    const key = ctx.keys.accounts.session(idOf(caller));
    expect(await ctx.redis.pttl(key)).toBeGreaterThan(lifetimes.sessionIdle - 10_000);
    const last = async () => (await listSessions(ctx, caller, { uid: 0 }))[0];

    setClock(start + 59_999);
    await who(ctx, secret);
    expect(await last()).toMatchObject({ lastSeenAt: start, expiresAt: start + 7 * DAY });

    const later = start + 6 * DAY;
    setClock(later);
    await who(ctx, secret);
    expect(await last()).toMatchObject({ lastSeenAt: later, expiresAt: later + 7 * DAY });
    expect(await endOfCredential(ctx, caller)).toBe(later + 7 * DAY);
    expect(await ctx.redis.pexpiretime(key)).toBe(later + 7 * DAY);
    expect(await ctx.redis.pexpiretime(ctx.keys.accounts.sessions(0))).toBe(later + 7 * DAY);
  });

  test('is thirty days at most, however much it is used', async () => {
    const { ctx } = await accounts.started();
    const start = Date.now();
    setClock(start);
    const { secret, caller } = await signedIn(ctx);
    setClock(start + 29 * DAY);
    expect(await who(ctx, secret)).not.toBeNull();
    expect(await ctx.redis.pexpiretime(ctx.keys.accounts.session(idOf(caller)))).toBe(start + 30 * DAY);
    expect(await endOfCredential(ctx, caller)).toBe(start + 30 * DAY);
    setClock(start + 30 * DAY);
    expect(await who(ctx, secret)).toBeNull();
    expect(await endOfCredential(ctx, caller)).toBeNull();
    expect(await listSessions(ctx, ADMIN, { uid: 0 })).toEqual([]);
  });

  test('does not come back when it is used as it ends', async () => {
    const { ctx } = await accounts.started();
    const { secret, caller } = await signedIn(ctx);
    const session = await readSession(ctx, idOf(caller));
    await signOut(ctx, caller);
    setClock(Date.now() + DAY);
    if (session !== null) await noteSessionSeen(ctx, session);
    expect(await ctx.redis.exists(ctx.keys.accounts.session(idOf(caller)))).toBe(0);
    expect(await who(ctx, secret)).toBeNull();
  });

  test('is no reason to turn people away while Redis takes no writes', async () => {
    const { ctx, under } = await accounts.started();
    const { secret } = await signedIn(ctx);
    setClock(Date.now() + DAY);
    await ctx.redis.config('SET', 'maxmemory', '1');
    try {
      expect(await who(ctx, secret)).toMatchObject({ uid: 0 });
      expect(under.logLines.join('')).toContain('cannot note that a session was used');
    } finally {
      await ctx.redis.config('SET', 'maxmemory', '0');
    }
  });
});

describe('the list', () => {
  test('says where one is signed in, the last seen first, and which one asks', async () => {
    const { ctx } = await accounts.started();
    const start = Date.now();
    setClock(start);
    const phone = await signedIn(ctx, { userAgent: 'a phone' });
    setClock(start + 1_000);
    const laptop = await signedIn(ctx, { userAgent: 'x'.repeat(1_000) });
    const list = await listSessions(ctx, phone.caller, { uid: 0 });
    const common = { address: HERE.address };
    expect(list).toEqual([
      {
        ...common,
        id: laptop.caller.credentialId,
        userAgent: 'x'.repeat(300),
        createdAt: start + 1_000,
        lastSeenAt: start + 1_000,
        expiresAt: start + 1_000 + 7 * DAY,
        isCurrent: false,
      },
      {
        ...common,
        id: phone.caller.credentialId,
        userAgent: 'a phone',
        createdAt: start,
        lastSeenAt: start,
        expiresAt: start + 7 * DAY,
        isCurrent: true,
      },
    ]);
  });

  test('has an end: the one that was not seen for longest makes room', async () => {
    const { ctx } = await accounts.started();
    const record = await readRecord(ctx, 0);
    if (record === null) throw new Error('no account');
    const start = Date.now();
    const secrets: string[] = [];
    for (let index = 0; index < MAX_SESSIONS; index += 1) {
      setClock(start + index);
      secrets.push((await startSession(ctx, record, HERE))?.secret ?? '');
    }
    const [first = '', second = ''] = secrets;
    setClock(start + 2 * SEEN_EVERY_MS);
    await who(ctx, first);
    const endings = await accounts.endings(ctx);
    const told = await endings.causedBy(() => startSession(ctx, record, HERE));
    expect(told.credentialIds).toHaveLength(1);
    expect(await who(ctx, first)).not.toBeNull();
    expect(await who(ctx, second)).toBeNull();
    expect(await listSessions(ctx, ADMIN, { uid: 0 })).toHaveLength(MAX_SESSIONS);
    expect(await ctx.redis.zcard(ctx.keys.accounts.sessions(0))).toBe(MAX_SESSIONS);
  });
});

describe('revoking', () => {
  test('ends one of several', async () => {
    const { ctx } = await accounts.started();
    const [here, lost] = [await signedIn(ctx), await signedIn(ctx)];
    await revokeSession(ctx, here.caller, { uid: 0, id: idOf(lost.caller) });
    expect(await who(ctx, lost.secret)).toBeNull();
    expect(await who(ctx, here.secret)).not.toBeNull();
    const again = revokeSession(ctx, here.caller, { uid: 0, id: idOf(lost.caller) });
    await expect(again).rejects.toMatchObject({ code: 'not_found' });
  });

  test("cannot reach somebody else's, whatever uid is given for it", async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    const { secret, caller } = await signedIn(ctx);
    const id = idOf(caller);
    await expect(revokeSession(ctx, ana, { uid: 0, id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(revokeSession(ctx, ana, { uid: ana.uid, id })).rejects.toMatchObject({ code: 'not_found' });
    await expect(revokeSessions(ctx, ana, { uid: 0, which: 'all' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await who(ctx, secret)).not.toBeNull();
  });

  test('ends all others, or all', async () => {
    const { ctx } = await accounts.started();
    const sessions = [await signedIn(ctx), await signedIn(ctx), await signedIn(ctx)] as const;
    const [here] = sessions;
    const alive = async () => {
      const found = await Promise.all(sessions.map(({ secret }) => who(ctx, secret)));
      return found.filter((caller) => caller !== null).length;
    };
    expect(await revokeSessions(ctx, here.caller, { uid: 0, which: 'others' })).toBe(2);
    expect([await alive(), await who(ctx, here.secret)]).toEqual([1, here.caller]);
    expect(await revokeSessions(ctx, here.caller, { uid: 0, which: 'all' })).toBe(1);
    expect(await alive()).toBe(0);
  });
});
