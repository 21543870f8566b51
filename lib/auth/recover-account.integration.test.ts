import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { listAudit } from '#lib/audit/list-audit';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE, readEverything } from './accounts.fixture.ts';
import { authenticate } from './authenticate.ts';
import { createToken } from './create-token.ts';
import { recoverAccount } from './recover-account.ts';
import { signIn } from './sign-in.ts';
import { updateUser } from './update-user.ts';

const accounts = accountsSuite();

test('the only admin gets a new password, after too many tries at the old one as well; sessions end, tokens stay', async () => {
  const { ctx } = await accounts.started();
  const { secret: sessionSecret } = await signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE });
  const { secret: token } = await createToken(ctx, ADMIN, { name: 'backup' });
  const authorization = `Bearer ${token}`;
  for (const code of [...Array(10).fill('unauthenticated'), 'limited'])
    await expect(signIn(ctx, { name: 'admin', password: 'forgotten', ...HERE })).rejects.toMatchObject({ code });

  const endings = await accounts.endings(ctx);
  let password = '';
  const told = await endings.causedBy(async () => {
    password = (await recoverAccount(ctx, undefined)).generatedPassword;
  });
  expect(told).toMatchObject({ uid: 0, isPasswordOver: true });
  expect(await authenticate(ctx, { sessionSecret, ...HERE })).toBeNull();
  expect(await authenticate(ctx, { authorization, ...HERE })).toMatchObject({ uid: 0, via: 'token' });
  await expect(signIn(ctx, { name: 'admin', password, ...HERE })).resolves.toBeDefined();
});

test('it is in the audit, as done by nobody who was signed in, on this machine; the password is nowhere', async () => {
  const { ctx, under } = await accounts.started();
  const { generatedPassword } = await recoverAccount(ctx, 'ADMIN');
  expect(await listAudit(ctx, ADMIN, { limit: 1 })).toMatchObject([
    { action: 'password.reset', target: 'user/0', uid: null, name: null, address: hostname() },
  ]);
  expect(await readEverything(ctx)).not.toContain(generatedPassword);
  expect(under.logLines.join('')).not.toContain(generatedPassword);
});

test('anybody by name or uid, an admin by default, and of several the one that is said', async () => {
  const { ctx } = await accounts.started();
  await accounts.user(ctx, 'ana', 'a good password');
  expect(await recoverAccount(ctx, undefined)).toMatchObject({ name: 'admin' });
  expect(await recoverAccount(ctx, '1')).toMatchObject({ uid: 1, name: 'ana', disabled: false });
  await updateUser(ctx, ADMIN, { uid: 1, changes: { role: 'admin' } });
  await expect(recoverAccount(ctx, undefined)).rejects.toThrow('There are several admins, say which: admin, ana');
  await expect(recoverAccount(ctx, 'bia')).rejects.toThrow('There is no account bia; admins are admin, ana');
});

test('before the first start there is nobody to have one', async () => {
  const { under } = accounts.suite.surroundings({});
  const ctx = accounts.process(under);
  await ctx.redis.connect();
  await expect(recoverAccount(ctx, undefined)).rejects.toThrow('There is no account yet');
});
