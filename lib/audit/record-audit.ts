import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { RequestOrigin } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { type Keys, lifetimes } from '#lib/keys';
import type { AuditAction, AuditedChange } from '#lib/schemas/audit';

/**
 * How many entries are kept, about; how many of them may be of what strangers tried, and how many of what one account did
 * to itself alone.
 */
export const MOST = { entries: 10_000, refusals: 1_000, ofAccount: 500 } as const;

/** What anybody may do to their own account as often as they like, and admins to those of others. */
const OWN: readonly AuditAction[] = [
  'session.start',
  'session.end',
  'password.change',
  'token.create',
  'token.revoke',
  'job.refuse',
];

/**
 * KEYS: audit, ids of the entries that have a place of their own in it; ARGV: entry, most, most of those, ms for which the ids
 * are remembered. Who can fill nothing but the place of entries like it pushes out none of others.
 */
const KEEP_IN_PLACE = `
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'e', ARGV[1])
if redis.call('RPUSH', KEYS[2], id) > tonumber(ARGV[3]) then
  redis.call('XDEL', KEYS[1], redis.call('LPOP', KEYS[2]))
end
redis.call('PEXPIRE', KEYS[2], ARGV[4])
`;

/**
 * Keeps what somebody has done, and writes it to the log as one line. It is done already: when Redis does not take it, the
 * line in the log is what remains, and nobody is told that their change failed.
 */
export async function recordAudit(
  ctx: Context,
  caller: Pick<Caller, 'uid' | 'name'> | null,
  change: AuditedChange,
  { address, requestId }: RequestOrigin,
): Promise<void> {
  const { redis, keys, log } = ctx;
  const entry = { uid: caller?.uid ?? null, name: caller?.name ?? null, ...change, address, requestId };
  const text = JSON.stringify(entry);
  log.info({ audit: entry }, 'audit');
  try {
    const place = placeOf(keys, change, entry.uid);
    if (place !== null)
      await redis.eval(KEEP_IN_PLACE, 2, keys.audit, place.key, text, MOST.entries, place.most, lifetimes.auditPlace);
    else await redis.xadd(keys.audit, 'MAXLEN', '~', MOST.entries, '*', 'e', text);
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'cannot keep an audit entry; the line before has it');
  }
}

/** Null for what changes something for others: only who is trusted with that can do it. */
function placeOf(keys: Keys, change: AuditedChange, uid: number | null): { key: string; most: number } | null {
  if (change.action === 'session.refused') return { key: keys.auditRefusals, most: MOST.refusals };
  const isOwn = uid !== null && OWN.includes(change.action) && (accountIn(change) ?? uid) === uid;
  return isOwn ? { key: keys.auditOfAccount(uid), most: MOST.ofAccount } : null;
}

const belonging = z.object({ uid: z.number() });

/** The account that it was done to, or to whose session or token; undefined where that can only be one's own. */
function accountIn({ target, before }: AuditedChange): number | undefined {
  const account = /^user\/(\d+)$/.exec(target)?.[1];
  return account === undefined ? belonging.safeParse(before).data?.uid : Number(account);
}
