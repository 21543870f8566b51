import type { Caller } from '#lib/auth/caller';
import type { RequestFacts } from '#lib/auth/request-facts';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import type { AuditedChange } from '#lib/schemas/audit';
import type { JobSummary } from '#lib/schemas/job';
import { recordAudit } from './record-audit.ts';

/** A job that was cancelled, for the audit; null for one's own, which is nobody else's business. */
export function cancelChange({ uid }: Caller, job: JobSummary): AuditedChange | null {
  if (job.uid === uid) return null;
  const { id, user, language, reason, killed } = job;
  return { action: 'job.cancel', target: `job/${id}`, before: { user, language }, after: { reason, killed } };
}

/**
 * Keeps that a job was refused because of a quota. Whoever is at their quota is refused as often as they try, so that is one
 * entry for a while; the log has every refusal.
 */
export async function recordRefusedJob(
  ctx: Context,
  caller: Caller,
  error: unknown,
  facts: RequestFacts,
): Promise<void> {
  if (!(error instanceof VigiaError) || error.limit === undefined) return;
  const { uid } = caller;
  ctx.log.warn({ uid, limit: error.limit }, 'job refused');
  const key = ctx.keys.jobs.refusalTold(uid);
  const isFirst = await withRedis(() => ctx.redis.set(key, '', 'PX', lifetimes.refusalTold, 'NX'));
  if (isFirst === null) return;
  await recordAudit(
    ctx,
    caller,
    { action: 'job.refuse', target: `user/${uid}`, before: null, after: error.limit },
    facts,
  );
}
