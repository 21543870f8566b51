import type { Caller } from '#lib/auth/caller';
import type { RequestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import type { AuditedChange } from '#lib/schemas/audit';

/** How many entries are kept, about. */
const MOST = 10_000;

/**
 * Keeps what somebody has done, and writes it to the log as one line. It is done already: when Redis does not take it, the
 * line in the log is what remains, and nobody is told that their change failed.
 */
export async function recordAudit(
  ctx: Context,
  caller: Pick<Caller, 'uid' | 'name'> | null,
  change: AuditedChange,
  { address, id: requestId }: Pick<RequestFacts, 'address' | 'id'>,
): Promise<void> {
  const entry = { uid: caller?.uid ?? null, name: caller?.name ?? null, ...change, address, requestId };
  ctx.log.info({ audit: entry }, 'audit');
  try {
    await ctx.redis.xadd(ctx.keys.audit, 'MAXLEN', '~', MOST, '*', 'e', JSON.stringify(entry));
  } catch (error) {
    ctx.log.error({ reason: messageOf(error) }, 'cannot keep an audit entry; the line before has it');
  }
}
