import { describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, accountsSuite, type CountingContext, HERE } from './accounts.fixture.ts';
import { authenticate } from './authenticate.ts';
import { changePassword } from './change-password.ts';
import { createToken } from './create-token.ts';
import { listSessions } from './list-sessions.ts';
import { resetPassword } from './reset-password.ts';
import { signIn } from './sign-in.ts';
import { updateUser } from './update-user.ts';

const accounts = accountsSuite();
const OLD = 'an old password';
const NEW = 'a new password';
const { address, requestId } = HERE;

/** Somebody who is signed in twice, has a token, and a client that sends the password each time. */
async function busyUser(ctx: CountingContext) {
  const user = await accounts.user(ctx, 'ana', OLD);
  const [here, there] = [
    await signIn(ctx, { name: 'ana', password: OLD, ...HERE }),
    await signIn(ctx, { name: 'ana', password: OLD, ...HERE }),
  ];
  const { secret: token, token: shown } = await createToken(ctx, user, { name: 'ci' });
  const presented = {
    here: { sessionSecret: here.secret, address, requestId },
    there: { sessionSecret: there.secret, address, requestId },
    token: { authorization: `Bearer ${token}`, address, requestId },
    basic: { authorization: `Basic ${btoa(`ana:${OLD}`)}`, address, requestId },
  };
  const alive = async () => {
    const found = await Promise.all(
      Object.entries(presented).map(async ([name, each]) => ((await authenticate(ctx, each)) === null ? [] : [name])),
    );
    return found.flat();
  };
  expect(await alive()).toEqual(['here', 'there', 'token', 'basic']);
  return { user, here: here.caller, there: there.caller, tokenId: shown.id, alive };
}

describe("changing one's own", () => {
  test('ends every session and what the old one had proven, and starts a new session in place of the one in use', async () => {
    const { ctx } = await accounts.started();
    const { user, here, there, alive } = await busyUser(ctx);
    const endings = await accounts.endings(ctx);
    let secret: string | null = null;
    const told = await endings.causedBy(async () => {
      ({ secret } = await changePassword(ctx, here, { current: OLD, password: NEW, ...HERE }));
    });
    expect(told).toMatchObject({ uid: user.uid, isPasswordOver: true });
    expect(told.credentialIds.sort()).toEqual([here.credentialId, there.credentialId].sort());
    expect(await alive()).toEqual(['token']);
    expect(await authenticate(ctx, { sessionSecret: secret ?? '', address, requestId })).toMatchObject({
      uid: user.uid,
    });
    expect(await listSessions(ctx, user, { uid: user.uid })).toHaveLength(1);
    await expect(signIn(ctx, { name: 'ana', password: NEW, ...HERE })).resolves.toBeDefined();
  });

  test('ends the tokens too when asked to', async () => {
    const { ctx } = await accounts.started();
    const { here, there, tokenId, alive } = await busyUser(ctx);
    const endings = await accounts.endings(ctx);
    const told = await endings.causedBy(() =>
      changePassword(ctx, here, { current: OLD, password: NEW, tokens: 'end', ...HERE }),
    );
    expect(told.credentialIds.sort()).toEqual([here.credentialId, there.credentialId, tokenId].sort());
    expect(await alive()).toEqual([]);
  });

  test('from a client without a session starts none', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', OLD);
    expect(await changePassword(ctx, ana, { current: OLD, password: NEW, ...HERE })).toEqual({ secret: null });
  });

  test('needs the current one, which is guessed no more often than at sign-in', async () => {
    const { ctx } = await accounts.started();
    const { here, alive } = await busyUser(ctx);
    const guess = () => changePassword(ctx, here, { current: 'a guess', password: NEW, ...HERE });
    for (let index = 0; index < 10; index += 1) {
      await expect(guess()).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'current' }] });
    }
    await expect(guess()).rejects.toMatchObject({ code: 'limited' });
    expect(await alive()).toEqual(['here', 'there', 'token', 'basic']);
  });

  test('to a bad one names the field, and tries nothing', async () => {
    const { ctx } = await accounts.started();
    const admin = { ...(await accounts.user(ctx, 'administrator', OLD)) };
    ctx.argon2Runs = 0;
    for (const password of ['short', 'Administrator']) {
      const refused = changePassword(ctx, admin, { current: OLD, password, ...HERE });
      await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'password' }] });
    }
    expect(ctx.argon2Runs).toBe(0);
  });

  test('twice at once happens once', async () => {
    const { ctx } = await accounts.started();
    const ana = await accounts.user(ctx, 'ana', OLD);
    const both = await Promise.allSettled(
      [NEW, 'another new one'].map((password) => changePassword(ctx, ana, { current: OLD, password, ...HERE })),
    );
    const refused = both.filter((each) => each.status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'conflict' } }]);
  });
});

describe("resetting somebody's", () => {
  test('ends their sessions, and the new one is told once', async () => {
    const { ctx } = await accounts.started();
    const { user, alive } = await busyUser(ctx);
    const { generatedPassword } = await resetPassword(ctx, ADMIN, { uid: user.uid });
    expect(await alive()).toEqual(['token']);
    const signedIn = await signIn(ctx, { name: 'ana', password: generatedPassword ?? '', ...HERE });
    expect(signedIn.caller.uid).toBe(user.uid);
  });

  test('takes the one that the admin chose, and ends the tokens when asked to', async () => {
    const { ctx } = await accounts.started();
    const { user, alive } = await busyUser(ctx);
    const reset = await resetPassword(ctx, ADMIN, { uid: user.uid, password: NEW, tokens: 'end' });
    expect(reset).toEqual({ generatedPassword: null });
    expect(await alive()).toEqual([]);
    await expect(signIn(ctx, { name: 'ana', password: NEW, ...HERE })).resolves.toBeDefined();
  });

  test('refuses the name of the account as its password', async () => {
    const { ctx } = await accounts.started();
    const { uid } = await accounts.user(ctx, 'ana', OLD);
    await updateUser(ctx, ADMIN, { uid, changes: { name: 'ana.of.the.house' } });
    const refused = resetPassword(ctx, ADMIN, { uid, password: 'Ana.of.the.House' });
    await expect(refused).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'password' }] });
  });

  test("is not for one's own, which a session that was left open must not be enough for", async () => {
    const { ctx } = await accounts.started();
    await expect(resetPassword(ctx, ADMIN, { uid: 0 })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(signIn(ctx, { name: 'admin', password: ADMIN_PASSWORD, ...HERE })).resolves.toBeDefined();
  });
});
