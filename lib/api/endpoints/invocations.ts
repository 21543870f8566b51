import * as z from 'zod';
import { listInvocations } from '#lib/functions/list-invocations';
import { readInvocation } from '#lib/functions/read-invocation';
import { invocationPage } from '#lib/schemas/api';
import { entryId } from '#lib/schemas/history';
import { invocation, invocationOutcome } from '#lib/schemas/invocation';
import { endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { limit } from './query.ts';

const query = z.strictObject({
  limit: limit(200),
  before: entryId.optional().describe('Only those older than this id: the `next` of the page before.'),
  outcome: invocationOutcome.optional().describe('Only those that ended so.'),
});

export const invocationEndpoints = [
  endpoint({
    id: 'listInvocations',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/invocations',
    summary: 'List the invocations of a function, the newest first.',
    access: 'admin',
    query,
    answer: ok('One page of them.', invocationPage),
    example: { query: { outcome: 'failed' } },
    async handle(ctx, { caller, params: { name }, query: asked }) {
      const invocations = await listInvocations(ctx, caller, { name, ...asked });
      return {
        body: { invocations, next: invocations.length < asked.limit ? null : (invocations.at(-1)?.id ?? null) },
      };
    },
  }),

  endpoint({
    id: 'readInvocation',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/invocations/{invocation}',
    summary: 'Read all that is kept of an invocation: its input, its result, what it printed, its traceback.',
    access: 'admin',
    answer: ok('The invocation.', invocation),
    example: {},
    async handle(ctx, { caller, params: { name, invocation: id } }) {
      return { body: await readInvocation(ctx, caller, { name, id }) };
    },
  }),
];
