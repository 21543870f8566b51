import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid, parseInput } from '#lib/parse-input';
import { type PasswordChange, passwordChange } from '#lib/schemas/account';
import { passwordProblem } from '#lib/schemas/password-rules';
import type { Caller } from './caller.ts';
import { changeAccount } from './change-account.ts';
import { hashPassword } from './password-hash.ts';
import { provePassword } from './prove-password.ts';
import type { RequestOrigin } from './request-facts.ts';
import { type Device, startSession } from './session-store.ts';
import { readRecord } from './user-record.ts';

/**
 * One's own, proven by the current one, which is guessed no more often than at sign-in (`limited`). Every session of the
 * account ends, with its streams: whoever asked from one gets a new one in its place, for the cookie, and others get null.
 * Tokens stay unless they are to end too.
 */
export async function changePassword(
  ctx: Context,
  caller: Caller,
  { address, requestId, userAgent, ...input }: PasswordChange & Device & RequestOrigin,
): Promise<{ secret: string | null }> {
  const { current, password, tokens } = parseInput(passwordChange, input);
  const problem = passwordProblem(password, caller.name);
  if (problem !== null) throw invalid([{ path: 'password', ...problem }]);
  const { uid, version } = await proveCurrent(ctx, {
    login: `${caller.uid}`,
    password: current,
    address,
    requestId,
  });
  const hash = await hashPassword(ctx, password);
  const set = { password: hash, passwordChangedAt: Date.now() };
  await changeAccount(ctx, { uid, version, set, ends: tokens === 'end' ? 'everything' : 'sessions' });
  ctx.log.info({ uid, tokens }, 'password changed');
  const record = caller.via === 'session' ? await readRecord(ctx, uid) : null;
  const session = record === null ? null : await startSession(ctx, record, { address, userAgent });
  return { secret: session?.secret ?? null };
}

/** `invalid` and not `unauthenticated`: it is a field of a form, and who asks is signed in. */
async function proveCurrent(ctx: Context, attempt: Parameters<typeof provePassword>[1]) {
  try {
    return await provePassword(ctx, attempt);
  } catch (error) {
    if (!(error instanceof VigiaError && error.code === 'unauthenticated')) throw error;
    throw invalid([{ path: 'current', code: 'wrong_password', message: 'is not your password' }], { cause: error });
  }
}
