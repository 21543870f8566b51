import * as z from 'zod';
import { cancelChange, recordRefusedJob } from '#lib/audit/job-audit';
import { cancelJob } from '#lib/jobs/cancel-job';
import { listJobs } from '#lib/jobs/list-jobs';
import { readJob } from '#lib/jobs/read-job';
import { readJobScript } from '#lib/jobs/read-job-script';
import { readOutput } from '#lib/jobs/read-output';
import { readQueue } from '#lib/jobs/read-queue';
import { submitJob } from '#lib/jobs/submit-job';
import { visibleJob } from '#lib/jobs/visible-job';
import { entryId } from '#lib/schemas/history';
import {
  job,
  jobLanguage,
  jobPage,
  jobScript,
  jobStatus,
  jobSummary,
  MOST_SUBMISSION_BYTES,
  newJob,
  outputPage,
} from '#lib/schemas/job';
import { jobQueue } from '#lib/schemas/job-queue';
import { endpoint } from '../endpoint.ts';
import { created, json, ok } from '../media.ts';
import { limit, wholeNumber } from './query.ts';

const listQuery = z
  .strictObject({
    limit: limit(200),
    before: wholeNumber.optional().describe('Only those older than this number: the `next` of the page before.'),
    status: jobStatus.optional().describe('Only those in this state.'),
    language: jobLanguage.optional().describe('Only those in this language.'),
    uid: wholeNumber.optional().describe('Only those of this account; admins see all unless they say one.'),
    since: wholeNumber.optional().describe('Only those that were queued from then on, in ms since the epoch.'),
    until: wholeNumber.optional().describe('Only those that were queued before then.'),
  })
  .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
    path: ['since'],
    message: 'must be before until',
  });

const outputQuery = z.strictObject({
  after: entryId.optional().describe('Only what was written after this entry; from the beginning unless given.'),
  limit: limit(1_000),
});

export const jobEndpoints = [
  endpoint({
    id: 'submitJob',
    section: 'Jobs',
    method: 'POST',
    path: '/jobs',
    summary: 'Submit a script, to be run once in a sandbox.',
    description:
      'It waits for its turn, and while no worker is there. 503 when workers are there and none of them runs its language; ' +
      '429 with the `limit` when too much of yours waits already. Sent again with its `Idempotency-Key`, the answer is the job ' +
      'as it is by then; 409 when it has ended and is not kept any more.',
    access: 'user',
    body: json(newJob, MOST_SUBMISSION_BYTES),
    isIdempotent: true,
    keepsKey: true,
    answer: created('The job as it waits.', jobSummary),
    refusals: ['limited', 'ended'],
    example: { body: { language: 'python', code: 'print(input())', input: 'hello' } },
    async handle(ctx, { caller, body, key, facts }) {
      const { id } = await submitJob(ctx, caller, body, { key }).catch(async (error: unknown) => {
        await recordRefusedJob(ctx, caller, error, facts);
        throw error;
      });
      return { body: await visibleJob(ctx, caller, id), location: `/jobs/${id}`, audit: null };
    },
  }),

  endpoint({
    id: 'listJobs',
    section: 'Jobs',
    method: 'GET',
    path: '/jobs',
    summary: 'List your jobs, or as an admin everybody’s; the newest first.',
    description: 'With filters, a page may have fewer than asked for, even none, while there is a `next` one.',
    access: 'user',
    query: listQuery,
    answer: ok('One page of them.', jobPage),
    refusals: ['forbidden'],
    example: { query: { status: 'RUNNING' } },
    async handle(ctx, { caller, query }) {
      return { body: await listJobs(ctx, caller, query) };
    },
  }),

  // Ahead of `/jobs/{job}`, of which it would be a number otherwise.
  endpoint({
    id: 'readJobQueue',
    section: 'Jobs',
    method: 'GET',
    path: '/jobs/queue',
    summary: 'Say how many jobs wait and run, which workers are there, and how much you may have of it.',
    access: 'user',
    answer: ok('How busy it is.', jobQueue),
    example: {},
    async handle(ctx, { caller }) {
      return { body: await readQueue(ctx, caller) };
    },
  }),

  endpoint({
    id: 'readJob',
    section: 'Jobs',
    method: 'GET',
    path: '/jobs/{job}',
    summary: 'Read a job with all that it has written so far.',
    access: 'user',
    answer: ok('The job.', job),
    example: {},
    async handle(ctx, { caller, params: { job: id } }) {
      return { body: await readJob(ctx, caller, { id }) };
    },
  }),

  endpoint({
    id: 'readJobScript',
    section: 'Jobs',
    method: 'GET',
    path: '/jobs/{job}/script',
    summary: 'Read what was submitted: the same body submits it again.',
    access: 'user',
    answer: ok('The script and its input.', jobScript),
    example: {},
    async handle(ctx, { caller, params: { job: id } }) {
      return { body: await readJobScript(ctx, caller, { id }) };
    },
  }),

  endpoint({
    id: 'readJobOutput',
    section: 'Jobs',
    method: 'GET',
    path: '/jobs/{job}/output',
    summary: 'Read a stretch of what a job has written, both streams in their order.',
    description:
      'Go on with the `id` of the last entry as `after`. When the job has ended and there is no `more`, nothing comes after it. ' +
      'As it is written it comes from `/jobs/<id>/output`, as server-sent events.',
    access: 'user',
    query: outputQuery,
    answer: ok('The entries, and how the job is.', outputPage),
    example: { query: { limit: '100' } },
    async handle(ctx, { caller, params: { job: id }, query }) {
      return { body: await readOutput(ctx, caller, { id, ...query }) };
    },
  }),

  endpoint({
    id: 'cancelJob',
    section: 'Jobs',
    method: 'POST',
    path: '/jobs/{job}/cancel',
    summary: 'End a job that waits or runs; answers when none of its processes is left.',
    description: '409 when it has ended already, or comes to its own end first.',
    access: 'user',
    answer: ok('The job, with how many of its processes were `killed`.', jobSummary),
    refusals: ['ended', 'busy'],
    example: {},
    async handle(ctx, { caller, params: { job: id } }) {
      const cancelled = await cancelJob(ctx, caller, { id });
      return { body: cancelled, audit: cancelChange(caller, cancelled) };
    },
  }),
];
