import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { Token } from '#lib/schemas/account';
import { requireSelfOrAdmin } from './authorise.ts';
import type { Caller } from './caller.ts';
import { readToken } from './token-store.ts';

/** The API tokens that work, the newest first: one's own, or for admins anybody's. */
export async function listTokens(ctx: Context, caller: Caller, { uid }: { uid: number }): Promise<Token[]> {
  requireSelfOrAdmin(caller, uid);
  const ids = await withRedis(() => ctx.redis.zrevrange(ctx.keys.accounts.tokens(uid), 0, -1));
  const records = await Promise.all(ids.map((id) => readToken(ctx, id)));
  return records.filter((record) => record !== null).map(({ uid: _, ...shown }) => shown);
}
