import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE } from './accounts.fixture.ts';
import { changePassword } from './change-password.ts';
import { createUser } from './create-user.ts';
import { ensureFirstAdmin } from './ensure-first-admin.ts';
import { listUsers } from './list-users.ts';
import { signIn } from './sign-in.ts';
import { storeUser } from './store-user.ts';
import { updateUser } from './update-user.ts';

const accounts = accountsSuite();
const { suite } = accounts;

async function unstarted(settings: Record<string, string>) {
  const { under } = suite.surroundings(settings);
  const ctx = accounts.process(under);
  await ctx.redis.connect();
  return { ctx, under };
}

/** What the log says of the settings that give a password. */
const said = (lines: readonly string[]) => lines.filter((line) => line.includes('first start only')).join('');

test('at the first start there is an admin, whose generated password is told once', async () => {
  const { ctx, under } = await unstarted({});
  const first = await ensureFirstAdmin(ctx);
  expect(first).toMatchObject({ uid: 0, name: 'admin' });
  const password = first?.generatedPassword ?? '';
  expect(under.logLines.join('')).not.toContain(password);
  expect((await signIn(ctx, { name: 'admin', password, ...HERE })).caller).toMatchObject({ uid: 0, role: 'admin' });
  expect(await ensureFirstAdmin(ctx)).toBeNull();
});

test('a given password is the one, and is not told', async () => {
  const { ctx } = await unstarted({ ADMIN_PASSWORD });
  expect(await ensureFirstAdmin(ctx)).toEqual({ uid: 0, name: 'admin', generatedPassword: null });
  await expect(signIn(ctx, { name: 0, password: ADMIN_PASSWORD, ...HERE })).resolves.toBeDefined();
});

test('a password from a file counts without its line break', async () => {
  const file = suite.code('secret', `${ADMIN_PASSWORD}\n`);
  const { ctx } = await unstarted({ ADMIN_PASSWORD_FILE: file });
  expect(await ensureFirstAdmin(ctx)).toMatchObject({ generatedPassword: null });
  await expect(signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE })).resolves.toBeDefined();
});

test('a file that is not there, or holds no password, stops the first start', async () => {
  const missing = await unstarted({ ADMIN_PASSWORD_FILE: join(suite.scratch, 'missing') });
  await expect(ensureFirstAdmin(missing.ctx)).rejects.toThrow(/ADMIN_PASSWORD_FILE cannot be read/);
  const short = await unstarted({ ADMIN_PASSWORD_FILE: suite.code('short', 'hunter2') });
  await expect(ensureFirstAdmin(short.ctx)).rejects.toThrow(/ADMIN_PASSWORD_FILE.* must have at least 8 characters/);
  expect(await short.ctx.redis.keys(`${short.ctx.config.redis.keyPrefix}*`)).toEqual([]);
});

test('of many processes that start at once one makes the admin, and its password is the right one', async () => {
  const { ctx, under } = await unstarted({});
  const processes = [ctx, ...Array.from({ length: 5 }, () => accounts.process(under))];
  await Promise.all(processes.slice(1).map(({ redis }) => redis.connect()));
  const made = (await Promise.all(processes.map(ensureFirstAdmin))).filter((first) => first !== null);
  expect(made).toHaveLength(1);
  expect(await listUsers(ctx, ADMIN)).toMatchObject([{ uid: 0, name: 'admin', role: 'admin', disabled: false }]);
  const password = made[0]?.generatedPassword ?? '';
  await expect(signIn(ctx, { name: 'admin', password, ...HERE })).resolves.toBeDefined();
});

test('an admin who has another name by now is not followed by a second first one', async () => {
  const { ctx } = await accounts.started();
  await updateUser(ctx, ADMIN, { uid: 0, changes: { name: 'root' } });
  const late = { name: 'admin', role: 'admin', password: 'of a process that began before', number: 'first' } as const;
  expect(await storeUser(ctx, late)).toBeNull();
  expect(await listUsers(ctx, ADMIN)).toMatchObject([{ uid: 0, name: 'root' }]);
});

test('uids go on from there', async () => {
  const { ctx } = await accounts.started();
  const uids: number[] = [];
  for (const name of ['ana', 'bia']) uids.push((await createUser(ctx, ADMIN, { name })).user.uid);
  expect(uids).toEqual([1, 2]);
});

test('the setting does not count later, and the log says so once it is another one', async () => {
  const { ctx, under } = await accounts.started();
  await ensureFirstAdmin(ctx);
  expect(said(under.logLines)).toBe('');

  const config = loadConfig({ KEY_PREFIX: ctx.config.redis.keyPrefix, ADMIN_PASSWORD: 'another password' });
  expect(await ensureFirstAdmin({ ...ctx, config })).toBeNull();
  expect(said(under.logLines)).toContain('ADMIN_PASSWORD counts at the first start only: it is not');
  await expect(signIn(ctx, { name: 'admin', password: 'another password', ...HERE })).rejects.toMatchObject({
    code: 'unauthenticated',
  });
});

test('once the password was changed in the app, a start costs no argon2', async () => {
  const { ctx, under } = await accounts.started();
  await changePassword(ctx, ADMIN, { current: ADMIN_PASSWORD, password: 'my own password', ...HERE });
  ctx.argon2Runs = 0;
  await ensureFirstAdmin(ctx);
  expect(ctx.argon2Runs).toBe(0);
  expect(said(under.logLines)).toContain('has been changed since');
});

test('a file that has gone since the first start is said, and stops nothing', async () => {
  const file = suite.code('gone', ADMIN_PASSWORD);
  const { ctx, under } = await accounts.started({ ADMIN_PASSWORD_FILE: file });
  writeFileSync(file, '');
  expect(await ensureFirstAdmin(ctx)).toBeNull();
  expect(said(under.logLines)).toContain('ADMIN_PASSWORD_FILE counts at the first start only, and is not right');
});
