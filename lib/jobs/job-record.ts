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
const number = z.string().regex(/^\d+$/).transform(Number);
const count = z
  .string()
  .nullable()
  .transform((text) => Number(text ?? 0));
const flag = z
  .string()
  .nullable()
  .transform((text) => text === '1');

/** A job as Redis has it; in one of another version, what is only said of a job may be missing. */
const jobRecord = z.object({
  uid: number,
  user: z.string(),
  language: jobSummary.shape.language,
  firstLine: z
    .string()
    .nullable()
    .transform((text) => text ?? ''),
  status: jobSummary.shape.status,
  reason: optionalText.pipe(jobSummary.shape.reason),
  exitCode: optionalNumber,
  detail: optionalText,
  truncated: flag,
  killed: count,
  retryable: flag,
  attempts: count,
  queuedAt: number,
  startedAt: optionalNumber,
  endedAt: optionalNumber,
  executor: optionalText,
  tier: optionalText,
}) satisfies z.ZodType<Omit<JobSummary, 'id' | 'waitingFor'>>;

type FoundJobs = {
  /** In the order in which they were asked for; null for one that is not there, or cannot be read. */
  jobs: (JobSummary | null)[];
  /** How many of them are there, and are not what this version can read. */
  unreadable: number;
};

/** The jobs with these numbers. One that cannot be read hides none of the others. */
export async function findJobs(ctx: Context, ids: readonly number[]): Promise<FoundJobs> {
  const { redis, keys } = ctx;
  const found = await withRedis(() => Promise.all(ids.map((id) => redis.hmget(keys.jobs.job(id), ...FIELDS))));
  const unreadable: number[] = [];
  const records = ids.map((id, index) => {
    const values = found[index] ?? [];
    if (values.every((value) => value === null)) return null;
    const record = jobRecord.safeParse(Object.fromEntries(FIELDS.map((name, position) => [name, values[position]])));
    if (record.success) return { id, ...record.data };
    unreadable.push(id);
    return null;
  });
  if (unreadable.length > 0) ctx.log.warn({ jobs: unreadable }, 'jobs are stored as this version cannot read them');
  const waitFor = records.some((record) => record?.status === 'WAITING') ? await readWaits(ctx) : () => null;
  const jobs = records.map((record) => (record === null ? null : { ...record, waitingFor: waitFor(record) }));
  return { jobs, unreadable: unreadable.length };
}

export function noSuchJob(): VigiaError {
  return new VigiaError('not_found', 'There is no such job');
}
