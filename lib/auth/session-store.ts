import * as z from 'zod';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import { LUA_ENDINGS } from './credential-endings.ts';
import { idOfSecret, newSecret } from './secrets.ts';
import type { UserRecord } from './user-record.ts';

/** Somebody with more browsers than this has forgotten some: the one that was not seen for longest ends. */
export const MAX_SESSIONS = 50;

/** How exactly it is known when a session or a token was last used; a write for each request would be too many. */
export const SEEN_EVERY_MS = 60_000;

/** What a person sees of where a session comes from. */
export type Device = { address: string; userAgent: string };

const MAX_USER_AGENT = 300;

const sessionRecord = z.object({
  uid: z.coerce.number(),
  createdAt: z.coerce.number(),
  lastSeenAt: z.coerce.number(),
  address: z.string(),
  userAgent: z.string(),
});
type SessionRecord = z.infer<typeof sessionRecord> & { id: string };

/**
 * KEYS: account, session, sessions; ARGV: uid, version, id, now, idle ms, most, prefix of sessions' keys, channel, address,
 * user agent. Only for an account that is still the one whose password was proven: it takes a while, and a session that
 * begins just after the password was changed would be one that nobody ended.
 */
const START = `
${LUA_ENDINGS}
local account, session, sessions = unpack(KEYS)
local uid, version, id, now, idle, most, prefix, channel, address, userAgent = unpack(ARGV)
local current = redis.call('HMGET', account, 'version', 'disabled')
if current[1] ~= version or current[2] ~= '0' then return 0 end
redis.call('HSET', session, 'uid', uid, 'createdAt', now, 'lastSeenAt', now, 'address', address, 'userAgent', userAgent)
redis.call('PEXPIRE', session, idle)
redis.call('ZADD', sessions, now, id)
redis.call('PEXPIRE', sessions, idle)
local forgotten = redis.call('ZRANGE', sessions, 0, -1 - most)
for _, old in ipairs(forgotten) do
  redis.call('DEL', prefix .. old)
  redis.call('ZREM', sessions, old)
end
if #forgotten > 0 then announce(channel, uid, forgotten, false) end
return 1
`;

/** A new session's secret, for the cookie; null when the account is not any more what it was. */
export async function startSession(
  ctx: Context,
  { uid, version }: UserRecord,
  { address, userAgent }: Device,
): Promise<{ id: string; secret: string } | null> {
  const { accounts } = ctx.keys;
  const secret = newSecret();
  const id = idOfSecret(secret);
  const keys = [accounts.user(uid), accounts.session(id), accounts.sessions(uid)];
  const values = [uid, version, id, Date.now(), lifetimes.sessionIdle, MAX_SESSIONS, accounts.session('')];
  const shown = [accounts.endings, address, userAgent.slice(0, MAX_USER_AGENT)];
  const isStarted = await withRedis(() => ctx.redis.eval(START, 3, ...keys, ...values, ...shown));
  return isStarted === 1 ? { id, secret } : null;
}

/** Null when there is none, or when it has reached its age. */
export async function readSession(ctx: Context, id: string): Promise<SessionRecord | null> {
  const fields = await withRedis(() => ctx.redis.hgetall(ctx.keys.accounts.session(id)));
  if (Object.keys(fields).length === 0) return null;
  const record = { id, ...sessionRecord.parse(fields) };
  return record.createdAt + lifetimes.session > Date.now() ? record : null;
}

export function endOfSession({ createdAt, lastSeenAt }: SessionRecord): number {
  return Math.min(lastSeenAt + lifetimes.sessionIdle, createdAt + lifetimes.session);
}

/** KEYS: session, sessions; ARGV: id, now, when it ends, when the list does. One that has ended meanwhile stays ended. */
const SEEN = `
if redis.call('EXISTS', KEYS[1]) == 0 then return end
redis.call('HSET', KEYS[1], 'lastSeenAt', ARGV[2])
redis.call('PEXPIREAT', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], 'XX', ARGV[2], ARGV[1])
redis.call('PEXPIREAT', KEYS[2], ARGV[4])
`;

/** Lets it live on. A Redis that takes no writes lets people read all the same, so its refusal is only told. */
export async function noteSessionSeen(ctx: Context, session: SessionRecord): Promise<void> {
  const now = Date.now();
  if (now - session.lastSeenAt < SEEN_EVERY_MS) return;
  const { accounts } = ctx.keys;
  const keys = [accounts.session(session.id), accounts.sessions(session.uid)];
  const values = [session.id, now, endOfSession({ ...session, lastSeenAt: now }), now + lifetimes.sessionIdle];
  try {
    await ctx.redis.eval(SEEN, 2, ...keys, ...values);
  } catch (error) {
    ctx.log.warn({ reason: messageOf(error) }, 'cannot note that a session was used');
  }
}
