import * as z from 'zod';
import { VigiaError } from '#lib/errors';
import { readAfter, readNewest } from '#lib/functions/history-entries';
import { listFunctions } from '#lib/functions/list-functions';
import { readBucket } from '#lib/functions/read-bucket';
import { readEvents } from '#lib/functions/read-events';
import { readFunction } from '#lib/functions/read-function';
import { readSample } from '#lib/functions/read-sample';
import { readWindow } from '#lib/functions/read-window';
import { resultsPage, samplePage } from '#lib/schemas/api';
import { eventList } from '#lib/schemas/event';
import { entryId, historyBucket, seriesWindow } from '#lib/schemas/history';
import { endpoint } from '../endpoint.ts';
import { ok } from '../media.ts';
import { limit, wholeNumber } from './query.ts';

const UNIT_MS = { s: 1_000, m: 60_000, h: 3_600_000 } as const;
const unit = z.enum(['s', 'm', 'h']);

/** `15m`, `2h` */
const range = z
  .string()
  .regex(/^\d{1,5}[smh]$/, 'must look like 15m, 2h or 90s')
  .transform((text) => Number.parseInt(text, 10) * UNIT_MS[unit.parse(text.at(-1))])
  .pipe(
    z
      .number()
      .min(1_000, 'must be at least 1s')
      .max(31 * 24 * UNIT_MS.h, 'must be at most 31 days'),
  );

export const windowQuery = z
  .strictObject({
    range: range.default(15 * UNIT_MS.m).describe('How far back: 90s, 15m, 2h; 15m unless given.'),
    from: wholeNumber.optional().describe('Instead of a range: from when on, in ms since the epoch.'),
    to: wholeNumber.optional().describe('Until when; now unless given.'),
    points: wholeNumber.pipe(z.number().min(2).max(600)).optional().describe('How many rows at most: 2 to 600.'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    message: 'must be before to',
  });

const resultsQuery = z
  .strictObject({
    limit: limit(1_000),
    before: entryId.optional().describe('Only those older than this id.'),
    after: entryId.optional().describe('Only those newer than this id, the oldest first.'),
  })
  .refine(({ before, after }) => before === undefined || after === undefined, {
    path: ['after'],
    message: 'cannot be combined with before',
  });

const eventsQuery = z
  .strictObject({
    range: range.default(UNIT_MS.h).describe('How far back: 90s, 15m, 2h; 1h unless given.'),
    from: wholeNumber.optional().describe('Instead of a range: from when on, in ms since the epoch.'),
    to: wholeNumber.optional().describe('Until when; now unless given.'),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['from'],
    message: 'must be before to',
  });

export const liveDataEndpoints = [
  endpoint({
    id: 'readWindow',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/window',
    summary: 'Read every series of a function over a range, downsampled with its extremes kept.',
    access: 'reader',
    query: windowQuery,
    answer: ok('Columns that share their times.', seriesWindow),
    example: { query: { range: '15m' } },
    async handle(ctx, { params: { name }, query: { range: rangeMs, from, to = Date.now(), points } }) {
      const { state } = await readFunction(ctx, { name });
      const { periodMs } = state;
      return { body: await readWindow(ctx, { name, from: from ?? to - rangeMs, to, periodMs, points }) };
    },
  }),

  endpoint({
    id: 'readBucket',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/bucket',
    summary:
      'Read what is known of the minute, or quarter of an hour, around a time whose results are not kept any more.',
    access: 'reader',
    query: z.strictObject({ at: wholeNumber.optional().describe('In ms since the epoch; now unless given.') }),
    answer: ok(
      'How many invocations there were, and the least, mean and greatest value of each series.',
      historyBucket,
    ),
    example: {},
    async handle(ctx, { caller, params: { name }, query: { at = Date.now() } }) {
      return { body: await readBucket(ctx, caller, { name, at }) };
    },
  }),

  endpoint({
    id: 'readResults',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/results',
    summary: 'Read results and failures: the newest, those before an id, or those after one.',
    description: 'For the next page, give the last id as `before`.',
    access: 'reader',
    query: resultsQuery,
    answer: ok('The results.', resultsPage),
    example: { query: { limit: '20' } },
    async handle(ctx, { params: { name }, query: { limit: most, before, after } }) {
      await readFunction(ctx, { name });
      if (after !== undefined) {
        const { entries, complete } = await readAfter(ctx, name, after, most);
        return { body: { results: entries, complete } };
      }
      const results = await readNewest(ctx, name, most, before);
      return { body: { results, complete: results.length < most } };
    },
  }),

  endpoint({
    id: 'readEvents',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/events',
    summary: 'Read what happened to a function: deploys, settings, restarts of its host; the oldest first.',
    description: 'Failures are in the window. The names of people are for who is signed in.',
    access: 'reader',
    tellsCallers: true,
    query: eventsQuery,
    answer: ok('The events, and the numbers of the versions that results name.', eventList),
    example: { query: { range: '24h' } },
    async handle(ctx, { caller, params: { name }, query: { range: rangeMs, from, to } }) {
      const since = from ?? (to ?? Date.now()) - rangeMs;
      return { body: await readEvents(ctx, caller, { name, from: since, to }) };
    },
  }),

  endpoint({
    id: 'readSample',
    section: 'Live data',
    method: 'GET',
    path: '/functions/{name}/sample',
    summary: 'Read what the input key of a function holds right now, as it was written.',
    access: 'reader',
    answer: ok('The text; null when there is none to show.', samplePage),
    example: {},
    async handle(ctx, { params: { name } }) {
      const { state } = await readFunction(ctx, { name });
      return { body: { key: state.inputKey, text: await readSample(ctx, { key: state.inputKey }) } };
    },
  }),

  endpoint({
    id: 'readSampleByKey',
    section: 'Live data',
    method: 'GET',
    path: '/samples/{key}',
    summary: 'The same by the name of the key, which must be the input key of a function.',
    access: 'reader',
    answer: ok('The text; null when there is none to show.', samplePage),
    example: {},
    async handle(ctx, { params: { key } }) {
      const functions = await listFunctions(ctx);
      if (!functions.some(({ inputKey }) => inputKey === key)) {
        throw new VigiaError('not_found', 'No function has this input key');
      }
      return { body: { key, text: await readSample(ctx, { key }) } };
    },
  }),
];
