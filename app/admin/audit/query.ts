import * as z from 'zod';
import type { AuditQuery } from '#lib/audit/list-audit';
import { auditAction } from '#lib/schemas/audit';
import { entryId } from '#lib/schemas/history';

export const PAGE = 50;

const text = z.string().trim().min(1).max(200).optional().catch(undefined);

/** What the address asks for; what makes no sense in it is left out. */
const asked = z.object({
  uid: z.string().regex(/^\d+$/).transform(Number).optional().catch(undefined),
  action: auditAction.optional().catch(undefined),
  target: text,
  before: entryId.optional().catch(undefined),
  revision: z.string().regex(/^\d+$/).transform(Number).optional().catch(undefined),
});

export function parseAuditQuery(searchParams: Record<string, string | string[] | undefined>): AuditQuery {
  return { ...asked.parse(searchParams), limit: PAGE };
}

/** The same filter from an entry on, or from the change on that made a revision; without either, from the newest. */
export function auditPath(
  { uid, action, target }: Omit<AuditQuery, 'limit'>,
  { before, revision }: Pick<AuditQuery, 'before' | 'revision'> = {},
): string {
  const given = Object.entries({ uid, action, target, before, revision }).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(given.map(([name, value]) => [name, `${value}`]));
  return query.size === 0 ? '/admin/audit' : `/admin/audit?${query}`;
}
