import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { invalid, parseInput } from '#lib/parse-input';
import { type PasswordReset, passwordReset } from '#lib/schemas/account';
import { passwordProblem } from '#lib/schemas/password-rules';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { changeAccount, noSuchUser } from './change-account.ts';
import { hashPassword } from './password-hash.ts';
import { generatePassword } from './secrets.ts';
import { readRecord } from './user-record.ts';

/**
 * A new password for somebody who has lost theirs; by an admin. Every session ends. Returns what was generated, to be shown
 * once, or null when the admin chose it. One's own is changed with `changePassword`, which asks for the old one: a
 * session that was left open must not be enough to take an account over.
 */
export async function resetPassword(
  ctx: Context,
  caller: Caller,
  { uid, ...input }: PasswordReset & { uid: number },
): Promise<{ generatedPassword: string | null }> {
  requireAdmin(caller);
  if (caller.uid === uid) throw new VigiaError('forbidden', 'Change your own password with the current one');
  const { password, tokens } = parseInput(passwordReset, input);
  const record = await readRecord(ctx, uid);
  if (record === null) throw noSuchUser(uid);
  const chosen = password ?? generatePassword();
  const problem = passwordProblem(chosen, record.name);
  if (problem !== null) throw invalid([{ path: 'password', ...problem }]);
  const hash = await hashPassword(ctx, chosen);
  await changeAccount(ctx, {
    uid,
    set: { password: hash, passwordChangedAt: Date.now() },
    ends: tokens === 'end' ? 'everything' : 'sessions',
  });
  ctx.log.info({ uid, tokens, by: caller.uid }, 'password reset');
  return { generatedPassword: password === undefined ? chosen : null };
}
