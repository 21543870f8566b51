import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { type JobSummary, jobId } from '#lib/schemas/job';
import { findJobs, noSuchJob } from './job-record.ts';

/** Whether this caller may know of a job. */
export function maySee(caller: Caller, { uid }: Pick<JobSummary, 'uid'>): boolean {
  return uid === caller.uid || caller.role === 'admin';
}

/** A job that this caller may see. Somebody else's is `not_found`, word for word as one that was never there. */
export async function visibleJob(ctx: Context, caller: Caller, id: number): Promise<JobSummary> {
  const [job = null] = jobId.safeParse(id).success ? (await findJobs(ctx, [id])).jobs : [];
  if (job === null || !maySee(caller, job)) throw noSuchJob();
  return job;
}
