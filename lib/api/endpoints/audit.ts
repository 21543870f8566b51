import * as z from 'zod';
import { listAudit } from '#lib/audit/list-audit';
import { auditPage } from '#lib/schemas/api';
import { auditAction } from '#lib/schemas/audit';
import { entryId } from '#lib/schemas/history';
import { endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { limit, wholeNumber } from './query.ts';

const query = z.strictObject({
  limit: limit(200),
  before: entryId.optional().describe('Only those older than this id: the `next` of the page before.'),
  uid: wholeNumber.optional().describe('Only what this account did.'),
  action: auditAction.optional().describe('Only this action.'),
  target: z.string().max(200).optional().describe('Only what was done to this, such as `function/cpu-alert`.'),
});

export const auditEndpoints = [
  endpoint({
    id: 'listAudit',
    section: 'Program',
    method: 'GET',
    path: '/audit',
    summary: 'List who changed what, from what to what, when and from where; the newest first.',
    access: 'admin',
    query,
    answer: ok('One page of it.', auditPage),
    example: { query: { action: 'function.settings' } },
    async handle(ctx, { caller, query: asked }) {
      const entries = await listAudit(ctx, caller, asked);
      return { body: { entries, next: entries.length < asked.limit ? null : (entries.at(-1)?.id ?? null) } };
    },
  }),
];
