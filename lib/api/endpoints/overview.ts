import * as z from 'zod';
import { readOverview } from '#lib/functions/overview/read-overview';
import { overview, overviewQuery } from '#lib/schemas/overview';
import { endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { wholeNumber } from './query.ts';

const { q, state, sort, range, page, limit } = overviewQuery.shape;

const query = z.strictObject({
  q: q.describe('Only functions with this in their name.'),
  state: state.describe('Only functions in this state.'),
  sort: sort.describe(
    '`failing` (those that need somebody first), `name`, `slowest` or `changed` (newest change first).',
  ),
  range: range.describe('How far back the curves go: `15m`, `1h` or `24h`.'),
  page: wholeNumber.pipe(page.unwrap()).default(1).describe('Which page, from 1.'),
  limit: wholeNumber.pipe(limit.unwrap()).default(60).describe('Functions on a page: 1 to 60, 60 unless given.'),
  since: wholeNumber.optional().describe('`now` of the last answer, for curves with only what has come since.'),
});

export const overviewEndpoints = [
  endpoint({
    id: 'readOverview',
    section: 'Functions',
    method: 'GET',
    path: '/overview',
    summary: 'Read every function at a glance: its state, its main figure and a small curve of it.',
    description: 'Made for being asked again and again: what several callers ask for is read once a second at most.',
    access: 'reader',
    query,
    answer: ok('One page of the functions.', overview),
    example: { query: { sort: 'failing', range: '15m' } },
    async handle(ctx, { query: asked }) {
      return { body: await readOverview(ctx, asked) };
    },
  }),
];
