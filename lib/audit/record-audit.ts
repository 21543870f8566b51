import type { Caller } from '#lib/auth/caller';
import type { RequestOrigin } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import type { AuditedChange } from '#lib/schemas/audit';

/** How many entries are kept, about; and how many of them may be of what strangers tried. */
export const MOST = { entries: 10_000, refusals: 1_000 } as const;

/**
 * KEYS: audit, ids of the refusals in it; ARGV: entry, most, most refusals. Whoever is not signed in can fill nothing but
 * the place of others like it: however much they try, what people have changed stays.
 */
const KEEP_REFUSAL = `
local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'e', ARGV[1])
if redis.call('RPUSH', KEYS[2], id) > tonumber(ARGV[3]) then
  redis.call('XDEL', KEYS[1], redis.call('LPOP', KEYS[2]))
end
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
    if (change.action === 'session.refused')
      await redis.eval(KEEP_REFUSAL, 2, keys.audit, keys.auditRefusals, text, MOST.entries, MOST.refusals);
    else await redis.xadd(keys.audit, 'MAXLEN', '~', MOST.entries, '*', 'e', text);
  } catch (error) {
    log.error({ reason: messageOf(error) }, 'cannot keep an audit entry; the line before has it');
  }
}
