import * as z from 'zod';
import { findInvocation } from '#lib/functions/find-invocation';
import { listInvocations } from '#lib/functions/list-invocations';
import { readInvocation } from '#lib/functions/read-invocation';
import { invocationPage } from '#lib/schemas/api';
import { entryId } from '#lib/schemas/history';
import { invocation, invocationOutcome } from '#lib/schemas/invocation';
import { endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { limit, wholeNumber } from './query.ts';

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
    access: 'reader',
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
    description: 'What it printed, and its traceback, are for who is signed in.',
    access: 'reader',
    tellsCallers: true,
    answer: ok('The invocation.', invocation),
    example: {},
    async handle(ctx, { caller, params: { name, invocation: id } }) {
      return { body: await readInvocation(ctx, caller, { name, id }) };
    },
  }),

  endpoint({
    id: 'findInvocation',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/nearest-invocation',
    summary: 'Read the invocation that was written nearest to a time, of those that are kept.',
    access: 'reader',
    tellsCallers: true,
    query: z.strictObject({ at: wholeNumber.optional().describe('In ms since the epoch; now unless given.') }),
    answer: ok('The invocation.', invocation),
    example: { query: { at: '1764000000000' } },
    async handle(ctx, { caller, params: { name }, query: { at = Date.now() } }) {
      return { body: await findInvocation(ctx, caller, { name, at }) };
    },
  }),
];
