import { requireAdmin } from '#lib/auth/authorise';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { type AuditAction, type AuditEntry, auditEntry } from '#lib/schemas/audit';

export type AuditQuery = {
  limit: number;
  /** Only those older than this one. */
  before?: string | undefined;
  /** Only the change that made this revision of a function, and those before it. */
  revision?: number | undefined;
  uid?: number | undefined;
  action?: AuditAction | undefined;
  target?: string | undefined;
};

/** Looked at in one step while some are passed over. */
const STEP = 500;

const storedEntry = auditEntry.omit({ id: true, at: true });

/** What was done, the newest first; for admins. */
export async function listAudit(ctx: Context, caller: Caller, query: AuditQuery): Promise<AuditEntry[]> {
  requireAdmin(caller);
  const { limit, before, revision } = query;
  const found: AuditEntry[] = [];
  let isReached = revision === undefined;
  for (let end = before === undefined ? '+' : `(${before}`; ; ) {
    const entries = await withRedis(() => ctx.redis.xrevrange(ctx.keys.audit, end, '-', 'COUNT', STEP));
    for (const [id, [, text = '']] of entries) {
      const entry = { id, at: Number(id.split('-')[0]), ...storedEntry.parse(JSON.parse(text)) };
      isReached ||= entry.revision === revision;
      if (isReached && isAskedFor(entry, query)) found.push(entry);
      if (found.length === limit) return found;
    }
    const last = entries.at(-1)?.[0];
    if (last === undefined || entries.length < STEP) return found;
    end = `(${last}`;
  }
}

function isAskedFor(entry: AuditEntry, { uid, action, target }: AuditQuery): boolean {
  return [
    uid === undefined || entry.uid === uid,
    action === undefined || entry.action === action,
    target === undefined || entry.target === target,
  ].every(Boolean);
}
