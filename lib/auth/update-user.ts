import type { Context } from '#lib/context';
import { endJobsOf } from '#lib/jobs/end-jobs-of';
import { parseInput } from '#lib/parse-input';
import { type User, type UserChanges, userChanges } from '#lib/schemas/account';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { changeAccount } from './change-account.ts';
import { readUser } from './read-user.ts';

type UserUpdate = {
  uid: number;
  /** The version that the changes were based on; `conflict` when it is not the newest any more. */
  version?: number | undefined;
  changes: UserChanges;
};

/**
 * Role, name and whether it is disabled; by an admin. Disabling ends every session and stream at once, and suspends the
 * tokens: they work again when the account does. Its jobs are cancelled. A new role counts from the next request of each credential.
 */
export async function updateUser(ctx: Context, caller: Caller, { uid, version, changes }: UserUpdate): Promise<User> {
  requireAdmin(caller);
  const set = parseInput(userChanges, changes);
  await changeAccount(ctx, { uid, version, set, ends: set.disabled === true ? 'access' : 'nothing' });
  if (set.disabled === true) await endJobsOf(ctx, { uid, account: 'disabled' });
  ctx.log.info({ uid, changes: set, by: caller.uid }, 'user changed');
  return await readUser(ctx, caller, { uid });
}
