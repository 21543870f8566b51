import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { User } from '#lib/schemas/account';
import { requireAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { readRecord, shownUser } from './user-record.ts';

/** Every account, by uid; for admins. */
export async function listUsers(ctx: Context, caller: Caller): Promise<User[]> {
  requireAdmin(caller);
  const uids = await withRedis(() => ctx.redis.hvals(ctx.keys.accounts.names));
  const records = await Promise.all(uids.map((uid) => readRecord(ctx, Number(uid))));
  return records
    .filter((record) => record !== null)
    .map(shownUser)
    .sort((a, b) => a.uid - b.uid);
}
