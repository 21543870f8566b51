import * as z from 'zod';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { SEEN_EVERY_MS } from './session-store.ts';

const time = z.union([z.literal('').transform(() => null), z.coerce.number()]);

const tokenRecord = z.object({
  uid: z.coerce.number(),
  name: z.string(),
  createdAt: z.coerce.number(),
  /** '' in Redis: when it is revoked. */
  expiresAt: time,
  /** '' in Redis: never. */
  lastUsedAt: time,
});
type TokenRecord = z.infer<typeof tokenRecord> & { id: string };

export async function readToken(ctx: Context, id: string): Promise<TokenRecord | null> {
  const fields = await withRedis(() => ctx.redis.hgetall(ctx.keys.accounts.token(id)));
  return Object.keys(fields).length === 0 ? null : { id, ...tokenRecord.parse(fields) };
}

/** KEYS: token; ARGV: now. One that was revoked meanwhile stays revoked. */
const USED = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HSET', KEYS[1], 'lastUsedAt', ARGV[1]) end
`;

/** A Redis that takes no writes lets people read all the same, so its refusal is only told. */
export async function noteTokenUsed(ctx: Context, { id, lastUsedAt }: TokenRecord): Promise<void> {
  const now = Date.now();
  if (lastUsedAt !== null && now - lastUsedAt < SEEN_EVERY_MS) return;
  try {
    await ctx.redis.eval(USED, 1, ctx.keys.accounts.token(id), now);
  } catch (error) {
    ctx.log.warn({ reason: messageOf(error) }, 'cannot note that a token was used');
  }
}
