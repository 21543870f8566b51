import { describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, HERE } from './accounts.fixture.ts';
import { authenticate } from './authenticate.ts';
import { createToken } from './create-token.ts';
import { createUser } from './create-user.ts';
import { deleteUser } from './delete-user.ts';
import { listSessions } from './list-sessions.ts';
import { listTokens } from './list-tokens.ts';
import { listUsers } from './list-users.ts';
import { readUser } from './read-user.ts';
import { resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { updateUser } from './update-user.ts';

const accounts = accountsSuite();
const PASSWORD = 'a good password';

describe('who may', () => {
  test('only an admin makes, lists, changes, resets and deletes accounts', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    const tries = [
      createUser(ctx, ana, { name: 'bia' }),
      listUsers(ctx, ana),
      updateUser(ctx, ana, { uid: ana.uid, changes: { role: 'admin' } }),
      resetPassword(ctx, ana, { uid: 0 }),
      deleteUser(ctx, ana, { uid: 0 }),
    ];
    for (const refused of tries) await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
    expect(await listUsers(ctx, ADMIN)).toMatchObject([
      { uid: 0, role: 'admin' },
      { uid: ana.uid, role: 'user', version: 1 },
    ]);
  });

  test('a user sees themselves, and nothing of others, be they there or not', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    expect(await readUser(ctx, ana, { uid: ana.uid })).toMatchObject({ name: 'ana' });
    const refusals = await Promise.all(
      [0, 99].flatMap((uid) =>
        [readUser, listSessions, listTokens].map((verb) => verb(ctx, ana, { uid }).catch((error: Error) => error)),
      ),
    );
    const first = refusals[0];
    expect(first).toMatchObject({ code: 'forbidden' });
    for (const refusal of refusals) expect(refusal).toEqual(first);
  });

  test('a password hash is shown to nobody', async () => {
    const { ctx } = await accounts.started();
    const shown = [await readUser(ctx, ADMIN, { uid: 0 }), await listUsers(ctx, ADMIN)];
    expect(JSON.stringify(shown)).not.toContain('argon2');
  });
});

describe('a new account', () => {
  test('gets a password that is told once, unless the admin chose one', async () => {
    const { ctx } = await accounts.started();
    const { user, generatedPassword } = await createUser(ctx, ADMIN, { name: 'ana' });
    expect(user).toMatchObject({ name: 'ana', role: 'user', disabled: false, version: 1 });
    expect((await signIn(ctx, { name: 'ana', password: generatedPassword ?? '', ...HERE })).caller.uid).toBe(user.uid);
    expect(await createUser(ctx, ADMIN, { name: 'bia', password: PASSWORD })).toMatchObject({
      generatedPassword: null,
    });
  });

  test('cannot have a name that is there in another case', async () => {
    const { ctx } = await accounts.started();
    await expect(createUser(ctx, ADMIN, { name: 'ADMIN' })).rejects.toMatchObject({ code: 'exists' });
  });

  test('that two admins make at once is made once', async () => {
    const { ctx } = await accounts.started();
    const both = await Promise.allSettled([
      createUser(ctx, ADMIN, { name: 'ana' }),
      createUser(ctx, ADMIN, { name: 'Ana' }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listUsers(ctx, ADMIN)).toHaveLength(2);
  });

  test('names every field that is wrong, and makes nothing', async () => {
    const { ctx } = await accounts.started();
    const bad = createUser(ctx, ADMIN, { name: 'a b', password: 'short' });
    await expect(bad).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'name' }, { path: 'password' }] });
    await expect(bad).rejects.not.toThrow(/short$/);
    expect(await listUsers(ctx, ADMIN)).toHaveLength(1);
  });
});

describe('a change', () => {
  test('that was based on an older version is refused with the newest', async () => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    const saved = await updateUser(ctx, ADMIN, { uid, version: 1, changes: { name: 'ana.lima' } });
    expect(saved).toMatchObject({ name: 'ana.lima', version: 2 });
    const late = updateUser(ctx, ADMIN, { uid, version: 1, changes: { role: 'admin' } });
    await expect(late).rejects.toMatchObject({ code: 'conflict', current: saved });
    expect(await readUser(ctx, ADMIN, { uid })).toEqual(saved);
  });

  test('of the name frees the old one', async () => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD);
    await updateUser(ctx, ADMIN, { uid, changes: { name: 'Ana' } });
    await expect(updateUser(ctx, ADMIN, { uid, changes: { name: 'admin' } })).rejects.toMatchObject({ code: 'exists' });
    await updateUser(ctx, ADMIN, { uid, changes: { name: 'bia' } });
    expect((await signIn(ctx, { name: 'BIA', password: PASSWORD, ...HERE })).caller).toMatchObject({
      uid,
      name: 'bia',
    });
    expect((await createUser(ctx, ADMIN, { name: 'ana' })).user.uid).not.toBe(uid);
  });

  test('of nobody is not found', async () => {
    const { ctx } = await accounts.started();
    await expect(updateUser(ctx, ADMIN, { uid: 9, changes: {} })).rejects.toMatchObject({ code: 'not_found' });
    await expect(resetPassword(ctx, ADMIN, { uid: 9 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(deleteUser(ctx, ADMIN, { uid: 9 })).rejects.toMatchObject({ code: 'not_found' });
  });

  test('of the role counts from the next request, whatever it is asked with', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    const { secret: sessionSecret } = await signIn(ctx, { name: 'ana', password: PASSWORD, ...HERE });
    const { secret } = await createToken(ctx, ana, { name: 'ci' });
    await updateUser(ctx, ADMIN, { uid: ana.uid, changes: { role: 'admin' } });
    const { address, requestId } = HERE;
    expect(await authenticate(ctx, { sessionSecret, address, requestId })).toMatchObject({
      role: 'admin',
      via: 'session',
    });
    expect(await authenticate(ctx, { authorization: `Bearer ${secret}`, address, requestId })).toMatchObject({
      role: 'admin',
    });
  });
});

describe('the last admin who can sign in', () => {
  test('cannot be demoted, disabled or deleted', async () => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', PASSWORD, 'admin');
    await updateUser(ctx, ADMIN, { uid, changes: { disabled: true } });
    const before = await listUsers(ctx, ADMIN);
    const demoted = updateUser(ctx, ADMIN, { uid: 0, changes: { role: 'user' } });
    await expect(demoted).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'role' }] });
    const disabled = updateUser(ctx, ADMIN, { uid: 0, changes: { disabled: true } });
    await expect(disabled).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'disabled' }] });
    await expect(deleteUser(ctx, ADMIN, { uid: 0 })).rejects.toMatchObject({ code: 'invalid' });
    expect(await listUsers(ctx, ADMIN)).toEqual(before);
  });

  test('is one of two who demote each other at once', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD, 'admin');
    const both = await Promise.allSettled([
      updateUser(ctx, ADMIN, { uid: ana.uid, changes: { role: 'user' } }),
      updateUser(ctx, ana, { uid: 0, changes: { role: 'user' } }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listUsers(ctx, ADMIN)).filter(({ role }) => role === 'admin')).toHaveLength(1);
  });

  test('can go once there is another', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', PASSWORD, 'admin');
    await deleteUser(ctx, ana, { uid: 0 });
    expect(await listUsers(ctx, ana)).toMatchObject([{ uid: ana.uid }]);
    await expect(signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE })).rejects.toMatchObject({
      code: 'unauthenticated',
    });
  });
});

describe('who is disabled', () => {
  test('is out at once with everything, and back with tokens only', async () => {
    const { ctx } = await accounts.started();
    const { address, requestId } = HERE;
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    const { secret: sessionSecret, caller } = await signIn(ctx, { name: 'ana', password: PASSWORD, ...HERE });
    const { secret, token } = await createToken(ctx, ana, { name: 'ci' });
    const ways = {
      session: { sessionSecret, address, requestId },
      token: { authorization: `Bearer ${secret}`, address, requestId },
      password: { authorization: `Basic ${btoa(`ana:${PASSWORD}`)}`, address, requestId },
    };
    for (const [via, way] of Object.entries(ways)) expect(await authenticate(ctx, way)).toMatchObject({ via });

    const endings = await accounts.endings(ctx);
    const told = await endings.causedBy(() => updateUser(ctx, ADMIN, { uid: ana.uid, changes: { disabled: true } }));
    expect(told).toEqual({ uid: ana.uid, credentialIds: [caller.credentialId, token.id], isPasswordOver: true });
    for (const way of Object.values(ways)) expect(await authenticate(ctx, way)).toBeNull();

    await updateUser(ctx, ADMIN, { uid: ana.uid, changes: { disabled: false } });
    expect(await authenticate(ctx, ways.session)).toBeNull();
    expect(await authenticate(ctx, ways.token)).toMatchObject({ uid: ana.uid });
  });

  test('leaves nothing behind when deleted but what expires', async () => {
    const { ctx } = await accounts.started();
    const before = (await ctx.redis.keys(`${ctx.config.redis.keyPrefix}*`)).sort();
    const ana = await accounts.user(ctx, 'ana', PASSWORD);
    await signIn(ctx, { name: 'ana', password: PASSWORD, ...HERE });
    await createToken(ctx, ana, { name: 'ci' });
    await deleteUser(ctx, ADMIN, { uid: ana.uid });
    const after = (await ctx.redis.keys(`${ctx.config.redis.keyPrefix}*`)).filter((key) => !before.includes(key));
    const lifetimes = await Promise.all(after.map((key) => ctx.redis.pttl(key)));
    for (const lifetime of lifetimes) expect(lifetime).toBeGreaterThan(0);
    expect((await createUser(ctx, ADMIN, { name: 'ana' })).user.uid).toBe(ana.uid + 1);
  });
});
