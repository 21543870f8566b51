import type { Context } from '#lib/context';
import { endJobsOf } from '#lib/jobs/end-jobs-of';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { changeAccount } from './change-account.ts';

/**
 * By an admin. Sessions, tokens and streams end, its jobs are cancelled; the name is free again, the uid is not. `conflict` when the account is not
 * the version that was seen.
 */
export async function deleteUser(
  ctx: Context,
  caller: Caller,
  { uid, version }: { uid: number; version?: number | undefined },
): Promise<void> {
  requireAdmin(caller);
  await changeAccount(ctx, { uid, version, set: {}, isRemoved: true, ends: 'everything' });
  await endJobsOf(ctx, { uid, account: 'deleted' });
  ctx.log.info({ uid, by: caller.uid }, 'user deleted');
}
