import type { Context } from '#lib/context';
import type { User } from '#lib/schemas/account';
import { requireSelfOrAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { noSuchUser } from './change-account.ts';
import { readRecord, shownUser } from './user-record.ts';

/** One's own account, or for admins any. */
export async function readUser(ctx: Context, caller: Caller, { uid }: { uid: number }): Promise<User> {
  requireSelfOrAdmin(caller, uid);
  const record = await readRecord(ctx, uid);
  if (record === null) throw noSuchUser(uid);
  return shownUser(record);
}
