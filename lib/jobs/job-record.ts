import * as z from 'zod';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { type JobSummary, jobSummary } from '#lib/schemas/job';
import { readWaits } from './waits.ts';

const FIELDS = [
  'uid',
  'user',
  'language',
  'firstLine',
  'status',
  'reason',
  'exitCode',
  'detail',
  'truncated',
  'killed',
  'retryable',
  'attempts',
  'queuedAt',
  'startedAt',
  'endedAt',
  'executor',
  'tier',
] as const;

/** A hash has text only: what is not there, and what is empty, is null. */
const optionalText = z
  .string()
  .nullable()
  .transform((text) => (text === '' ? null : text));
const optionalNumber = optionalText.transform((text) => (text === null ? null : Number(text)));
const number = z.string().transform(Number);
const flag = z.string().transform((text) => text === '1');

/** A job as Redis has it. */
const jobRecord = z.object({
  uid: number,
  user: z.string(),
  language: jobSummary.shape.language,
  // Jobs of older versions have none.
  firstLine: z
    .string()
    .nullable()
    .transform((text) => text ?? ''),
  status: jobSummary.shape.status,
  reason: optionalText.pipe(jobSummary.shape.reason),
  exitCode: optionalNumber,
  detail: optionalText,
  truncated: flag,
  killed: number,
  retryable: flag,
  attempts: number,
  queuedAt: number,
  startedAt: optionalNumber,
  endedAt: optionalNumber,
  executor: optionalText,
  tier: optionalText,
}) satisfies z.ZodType<Omit<JobSummary, 'id' | 'waitingFor'>>;

/** The jobs with these numbers; null for one that is not there. */
export async function findJobs(ctx: Context, ids: readonly number[]): Promise<(JobSummary | null)[]> {
  const { redis, keys } = ctx;
  const found = await withRedis(() => Promise.all(ids.map((id) => redis.hmget(keys.jobs.job(id), ...FIELDS))));
  const records = found.map((values, index) => {
    if (values[0] === null) return null;
    const fields = Object.fromEntries(FIELDS.map((name, position) => [name, values[position] ?? null]));
    return { id: ids[index] ?? 0, ...jobRecord.parse(fields) };
  });
  const waitFor = records.some((record) => record?.status === 'WAITING') ? await readWaits(ctx) : () => null;
  return records.map((record) => (record === null ? null : { ...record, waitingFor: waitFor(record) }));
}

export function noSuchJob(): VigiaError {
  return new VigiaError('not_found', 'There is no such job');
}
