import { describe, expect, test } from 'vitest';
import { lifetimes } from '#lib/keys';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, type CountingContext, HERE } from './accounts.fixture.ts';
import { type Argon2, BoundedArgon2 } from './argon2.ts';
import { attemptLimits, triedAccount } from './attempts.ts';
import { authenticate } from './authenticate.ts';
import { resetPassword } from './reset-password.ts';
import { idOfSecret } from './secrets.ts';
import { signIn } from './sign-in.ts';
import { updateUser } from './update-user.ts';
import { readRecord } from './user-record.ts';

const accounts = accountsSuite();
const PASSWORD = 'a good password';
const WRONG = 'a wrong password';
/** The hash of `password` at another cost than today's. */
const CHEAP = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4';

const tryAt = (ctx: CountingContext, name: string | number, password: string, address = HERE.address) =>
  signIn(ctx, { ...HERE, name, password, address });

/** The codes of so many wrong tries, one after the other: at the first admin from here, unless told otherwise. */
async function failing(
  ctx: CountingContext,
  times: number,
  at: (index: number) => { name?: string; address?: string } = () => ({}),
) {
  const codes: string[] = [];
  for (let index = 0; index < times; index += 1) {
    const { name = 'admin', address } = at(index);
    await tryAt(ctx, name, WRONG, address).catch(({ code }) => codes.push(code));
  }
  return codes;
}

/** As `failing` would, without its argon2s. */
async function failedBefore(ctx: CountingContext, counted: string, times: number) {
  await ctx.redis.set(ctx.keys.accounts.attempts(counted), times, 'PX', lifetimes.attempts);
}

/** What failed for the first admin's password, from wherever. */
async function ofAdmin(ctx: CountingContext): Promise<string> {
  const record = await readRecord(ctx, 0);
  return record === null ? '' : `account:${triedAccount(record)}`;
}

const unauthenticated = (times: number) => Array.from({ length: times }, () => 'unauthenticated');

describe('a name and a password', () => {
  test.each([['admin'], ['ADMIN'], [' admin '], ['0'], [0]])('are right with %j', async (name) => {
    const { ctx } = await accounts.started();
    const { caller, secret } = await tryAt(ctx, name, ADMIN_PASSWORD);
    expect(caller).toEqual({ uid: 0, name: 'admin', role: 'admin', via: 'session', credentialId: idOfSecret(secret) });
  });

  test('that are wrong, of nobody, or of somebody disabled are told alike and cost the same', async () => {
    const { ctx, under } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    await updateUser(ctx, ADMIN, { uid, changes: { disabled: true } });
    const spent: { error: unknown; argon2Runs: number; commands: string[] }[] = [];
    const monitor = await ctx.redis.monitor();
    for (const [name, password] of [
      ['admin', WRONG],
      ['nobody', WRONG],
      ['99', WRONG],
      ['ana', PASSWORD],
    ] as const) {
      const commands: string[] = [];
      const note = (_: string, [command = '', ...args]: string[]) => {
        if (!args.includes('mark')) commands.push(command.toLowerCase());
      };
      monitor.on('monitor', note);
      ctx.argon2Runs = 0;
      const error = await tryAt(ctx, name, password, `192.0.2.${spent.length}`).catch((thrown: unknown) => thrown);
      // Redis reports to a monitor in order: once this is there, all before is.
      const seen = new Promise<void>((resolve) => {
        monitor.on('monitor', (_: string, args: string[]) => args.includes(`mark-${name}`) && resolve());
      });
      await ctx.redis.echo(`mark-${name}`);
      await seen;
      monitor.off('monitor', note);
      spent.push({ error, argon2Runs: ctx.argon2Runs, commands: commands.filter((command) => command !== 'echo') });
    }
    monitor.disconnect();
    const first = spent[0];
    expect(first).toMatchObject({ error: { code: 'unauthenticated' }, argon2Runs: 1 });
    expect(first?.commands.length).toBeGreaterThan(3);
    for (const each of spent) expect(each).toEqual(first);
    expect(under.logLines.join('')).not.toContain('nobody');
  });

  test('that were hashed at another cost are hashed anew, and only then', async () => {
    const { ctx } = await accounts.started();
    await ctx.redis.hset(ctx.keys.accounts.user(0), 'password', CHEAP);
    await tryAt(ctx, 'admin', 'password');
    expect(ctx.argon2Runs).toBe(2);
    expect(await ctx.redis.hget(ctx.keys.accounts.user(0), 'password')).toContain('$m=19456,t=2,p=1$');
    await tryAt(ctx, 'admin', 'password');
    expect(ctx.argon2Runs).toBe(3);
  });

  test('that are changed while they are hashed anew stay changed', async () => {
    const { ctx } = await accounts.started();
    const stored = ctx.keys.accounts.user(0);
    await ctx.redis.hset(stored, 'password', CHEAP);
    const { argon2 } = ctx;
    let runs = 0;
    const changing: Argon2 = {
      async derive(input) {
        runs += 1;
        if (runs === 2) await ctx.redis.hset(stored, 'password', 'the new one');
        const tag = await argon2.derive(input);
        if (tag === null) throw new Error('busy');
        return tag;
      },
    };
    await tryAt({ ...ctx, argon2: changing }, 'admin', 'password');
    expect(runs).toBe(2);
    expect(await ctx.redis.hget(stored, 'password')).toBe('the new one');
  });

  test('are not decided while too many are, and that is no failure', async () => {
    const { ctx } = await accounts.started();
    const full = { ...ctx, argon2: new BoundedArgon2({ atOnce: 0, waiting: 0 }) };
    for (let index = 0; index <= attemptLimits.together; index += 1) {
      await expect(tryAt(full, 'admin', ADMIN_PASSWORD)).rejects.toMatchObject({ code: 'busy' });
    }
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD)).resolves.toBeDefined();
  });

  test("that cannot be anybody's are refused field by field", async () => {
    const { ctx } = await accounts.started();
    const refused = tryAt(ctx, '', 'x'.repeat(1_025));
    await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'name' }, { path: 'password' }] });
    expect(ctx.argon2Runs).toBe(0);
  });
});

describe('guessing', () => {
  test('at one account from one address ends after ten failures, for the right password too', async () => {
    const { ctx } = await accounts.started();
    const names = ['admin', '0', 'Admin'];
    const codes = await failing(ctx, 10, (index) => ({ name: names[index % 3] ?? '' }));
    expect(codes).toEqual(unauthenticated(10));
    expect(ctx.argon2Runs).toBe(10);
    const eleventh = await tryAt(ctx, 'admin', ADMIN_PASSWORD).catch((error) => error);
    expect(eleventh).toMatchObject({ code: 'limited' });
    expect(eleventh.retryAfterSeconds).toBeGreaterThan(890);
    expect(eleventh.retryAfterSeconds).toBeLessThanOrEqual(900);
    expect(ctx.argon2Runs).toBe(10);
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD, '192.0.2.2')).resolves.toBeDefined();
  });

  test('does not get more tries by sending them at once', async () => {
    const { ctx } = await accounts.started();
    const all = await Promise.allSettled(Array.from({ length: 30 }, () => tryAt(ctx, 'admin', WRONG)));
    const codes = all.map((each) => (each.status === 'rejected' ? each.reason.code : 'in'));
    expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(10);
    expect(codes.filter((code) => code === 'limited')).toHaveLength(20);
  });

  test('from anywhere in an IPv6 network is guessing from one address', async () => {
    const { ctx } = await accounts.started();
    await failing(ctx, 10, (index) => ({ address: `2001:db8::${index}` }));
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD, '2001:db8::ffff')).rejects.toMatchObject({ code: 'limited' });
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD, '2001:db8:0:1::1')).resolves.toBeDefined();
  });

  test('at nobody is limited as at somebody, so that it tells nothing', async () => {
    const { ctx } = await accounts.started();
    expect(await failing(ctx, 11, () => ({ name: 'nobody' }))).toEqual([...unauthenticated(10), 'limited']);
  });

  test('at many accounts from one address ends after fifty failures', async () => {
    const { ctx } = await accounts.started();
    await failedBefore(ctx, `address:${HERE.address}`, attemptLimits.address - 2);
    const codes = await failing(ctx, 3, (index) => ({ name: `nobody${index}` }));
    expect(codes).toEqual([...unauthenticated(2), 'limited']);
  });

  test('at one account from many addresses ends after a hundred failures', async () => {
    const { ctx } = await accounts.started();
    await failedBefore(ctx, await ofAdmin(ctx), attemptLimits.account - 2);
    const codes = await failing(ctx, 3, (index) => ({ address: `198.51.100.${index}` }));
    expect(codes).toEqual([...unauthenticated(2), 'limited']);
  });

  test('elsewhere does not lock out who signed in from here before', async () => {
    const { ctx } = await accounts.started();
    await tryAt(ctx, 'admin', ADMIN_PASSWORD);
    await failedBefore(ctx, await ofAdmin(ctx), attemptLimits.account);
    await failedBefore(ctx, `address:${HERE.address}`, attemptLimits.address);
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD, '192.0.2.2')).rejects.toMatchObject({ code: 'limited' });
    await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD)).resolves.toBeDefined();
    expect(await failing(ctx, 11)).toEqual([...unauthenticated(10), 'limited']);
  });

  test('is forgiven by a success, but not what the address did to others', async () => {
    const { ctx } = await accounts.started();
    await failing(ctx, 9);
    await tryAt(ctx, 'admin', ADMIN_PASSWORD);
    expect(await failing(ctx, 9)).toEqual(unauthenticated(9));
    const counted = (what: string) => ctx.redis.get(ctx.keys.accounts.attempts(what));
    expect([await counted(`address:${HERE.address}`), await counted(await ofAdmin(ctx))]).toEqual(['18', '18']);
  });

  test('is not forgiven because a client at the same address proves its password again', async () => {
    const { ctx } = await accounts.started();
    await failing(ctx, 9);
    const authorization = `Basic ${btoa(`admin:${ADMIN_PASSWORD}`)}`;
    expect(await authenticate(ctx, { authorization, ...HERE })).toMatchObject({ uid: 0 });
    expect(await failing(ctx, 2)).toEqual(['unauthenticated', 'limited']);
  });

  test('at an old password does not keep the new one out', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', ADMIN_PASSWORD);
    expect(await failing(ctx, 11, () => ({ name: 'ana' }))).toEqual([...unauthenticated(10), 'limited']);
    const { generatedPassword } = await resetPassword(ctx, ADMIN, { uid: ana.uid });
    await expect(tryAt(ctx, 'ana', generatedPassword ?? '')).resolves.toBeDefined();
  });

  test('is counted in keys that all expire, and go when nothing is left to count', async () => {
    const { ctx } = await accounts.started();
    const counters = () => ctx.redis.keys(ctx.keys.accounts.attempts('*'));
    await tryAt(ctx, 'admin', ADMIN_PASSWORD);
    expect(await counters()).toEqual([]);
    await tryAt(ctx, 'admin', WRONG).catch(() => undefined);
    const lifetimesMs = await Promise.all((await counters()).map((key) => ctx.redis.pttl(key)));
    expect(lifetimesMs).toHaveLength(3);
    for (const ms of lifetimesMs) expect(ms).toBeGreaterThan(lifetimes.attempts - 10_000);
  });

  test('does not stop who is signed in', async () => {
    const { ctx } = await accounts.started();
    const { secret: sessionSecret } = await tryAt(ctx, 'admin', ADMIN_PASSWORD);
    await failing(ctx, 11);
    expect(await authenticate(ctx, { sessionSecret, ...HERE })).toMatchObject({ uid: 0 });
  });
});

test('while Redis is away nobody gets in, and it is said why', async () => {
  const { ctx } = await accounts.started();
  ctx.redis.disconnect();
  await expect(tryAt(ctx, 'admin', ADMIN_PASSWORD)).rejects.toMatchObject({ code: 'unavailable' });
  await expect(authenticate(ctx, { ...HERE, sessionSecret: 'x' })).rejects.toMatchObject({ code: 'unavailable' });
});
