import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { Session } from '#lib/schemas/account';
import { requireSelfOrAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { endOfSession, readSession } from './session-store.ts';

/** Where an account is signed in, the last seen first: one's own, or for admins any. */
export async function listSessions(ctx: Context, caller: Caller, { uid }: { uid: number }): Promise<Session[]> {
  requireSelfOrAdmin(caller, uid);
  const ids = await withRedis(() => ctx.redis.zrevrange(ctx.keys.accounts.sessions(uid), 0, -1));
  const records = await Promise.all(ids.map((id) => readSession(ctx, id)));
  return records
    .filter((record) => record !== null)
    .map((record) => {
      const { uid: _, ...shown } = record;
      return { ...shown, expiresAt: endOfSession(record), isCurrent: record.id === caller.credentialId };
    });
}
