import { requireSelfOrAdmin } from '#lib/auth/authorise';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import { withRedis } from '#lib/redis';
import { type JobFilter, type JobPage, type JobSummary, jobFilter } from '#lib/schemas/job';
import { findJobs } from './job-record.ts';

/** Looked at in one step, and at most for one page, while some are passed over. */
const STEP = 200;
const STEPS = 10;

/**
 * Jobs, the newest first: one's own, or for admins everybody's. `forbidden` for those of somebody else, whether there is
 * such an account or not.
 */
export async function listJobs(ctx: Context, caller: Caller, input: JobFilter = {}): Promise<JobPage> {
  const { limit, ...filter } = parseInput(jobFilter, input);
  const uid = filter.uid ?? (caller.role === 'admin' ? undefined : caller.uid);
  if (uid !== undefined) requireSelfOrAdmin(caller, uid);
  const index = uid === undefined ? ctx.keys.jobs.all : `${ctx.keys.jobs.ofUserPrefix}${uid}`;
  const jobs: JobSummary[] = [];
  let unreadable = 0;
  let before = filter.before ?? Number.POSITIVE_INFINITY;
  for (let step = 0; step < STEPS; step += 1) {
    const ids = await olderThan(ctx, index, before);
    const found = await findJobs(ctx, ids);
    unreadable += found.unreadable;
    for (const job of found.jobs) {
      if (job === null || !isAskedFor(job, filter)) continue;
      jobs.push(job);
      if (jobs.length === limit) return { jobs, next: job.id, unreadable };
    }
    const last = ids.at(-1);
    if (last === undefined || ids.length < STEP) return { jobs, next: null, unreadable };
    before = last;
  }
  return { jobs, next: before, unreadable };
}

function isAskedFor(job: JobSummary, { status, language, since, until }: Omit<JobFilter, 'limit'>): boolean {
  return [
    status === undefined || job.status === status,
    language === undefined || job.language === language,
    since === undefined || job.queuedAt >= since,
    until === undefined || job.queuedAt < until,
  ].every(Boolean);
}

async function olderThan({ redis }: Context, index: string, id: number): Promise<number[]> {
  const newest = id === Number.POSITIVE_INFINITY ? '+inf' : `(${id}`;
  const ids = await withRedis(() => redis.zrange(index, newest, '-inf', 'BYSCORE', 'REV', 'LIMIT', 0, STEP));
  return ids.map(Number);
}
