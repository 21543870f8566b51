import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { accountsSuite, HERE } from '#lib/auth/accounts.fixture';
import { ensureFirstAdmin } from '#lib/auth/ensure-first-admin';
import { signIn } from '#lib/auth/sign-in';
import { startEmbeddedRedis } from '#runtime/all-in-one/embedded-redis';
import { freePort } from '../e2e/support/redis-server.ts';

const accounts = accountsSuite();
const { suite } = accounts;

/** In a process of its own, which knows nothing but these settings. */
async function reset(settings: Record<string, string>, ...words: string[]) {
  const command = [join(import.meta.dirname, 'reset-password.ts'), ...words];
  const env: NodeJS.ProcessEnv = { NODE_ENV: 'production', VIGIA_HOME: suite.scratch, ...settings };
  const child = spawn(process.execPath, command, { env, cwd: suite.scratch });
  const [out, err] = [text(child.stdout), text(child.stderr)];
  const [code] = await once(child, 'close');
  return { code, out: await out, err: await err };
}

const passwordIn = (out: string) => /Sign in +admin, password (\S+) /.exec(out)?.[1] ?? '';

test('prints a new password for the admin of the Redis that the environment names', async () => {
  const { ctx } = await accounts.started();
  const settings = { REDIS_URL: suite.redisUrl, KEY_PREFIX: ctx.config.redis.keyPrefix };
  const { code, out, err } = await reset(settings, 'admin');
  expect([code, out, err]).toEqual([0, expect.stringContaining('Every session of admin has ended'), '']);
  await expect(signIn(ctx, { name: 'admin', password: passwordIn(out), ...HERE })).resolves.toBeDefined();

  expect(await reset(settings, 'ana')).toEqual({
    code: 1,
    out: '',
    err: 'reset-password: There is no account ana; admins are admin\n',
  });
  expect(await reset(settings, '--help')).toMatchObject({
    code: 1,
    err: 'reset-password: usage: reset-password [name or uid]\n',
  });
});

test('finds the Redis that runs embedded in the home folder', async () => {
  const home = join(suite.scratch, 'home');
  mkdirSync(home);
  const { under } = suite.surroundings({});
  const { PATH = '' } = process.env;
  await using redis = await startEmbeddedRedis({
    ...{ home, preferredPort: await freePort(), environment: { PATH }, log: under.log },
  });
  const { under: embedded } = suite.surroundings({}, redis.url);
  const ctx = accounts.process(embedded);
  await ctx.redis.connect();
  await ensureFirstAdmin(ctx);
  const { code, out } = await reset({ VIGIA_HOME: home, KEY_PREFIX: ctx.config.redis.keyPrefix });
  expect([code, out]).toEqual([0, expect.stringContaining('(shown only this once')]);
  await expect(signIn(ctx, { name: 'admin', password: passwordIn(out), ...HERE })).resolves.toBeDefined();
});

test('says what to do where nothing runs, and where Redis is away', async () => {
  const home = join(suite.scratch, 'empty');
  expect(await reset({ VIGIA_HOME: home })).toMatchObject({
    code: 78,
    err: expect.stringContaining(`no Vigia runs here (${home}): start it, or set VIGIA_HOME or REDIS_URL`),
  });
  // Left behind by one that was killed; by now another program has its number.
  mkdirSync(join(home, 'redis'), { recursive: true });
  writeFileSync(join(home, 'redis', 'redis.pid'), `${process.pid}`);
  for (const port of [null, await freePort()]) {
    if (port !== null) writeFileSync(join(home, 'redis', 'port'), `${port}`);
    expect(await reset({ VIGIA_HOME: home })).toMatchObject({ code: 78 });
  }
  const away = { REDIS_URL: `redis://127.0.0.1:${await freePort()}` };
  expect(await reset(away)).toMatchObject({ code: 1, err: 'reset-password: Redis does not answer\n' });
});
