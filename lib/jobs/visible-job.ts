import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { type JobSummary, jobId } from '#lib/schemas/job';
import { findJobs, noSuchJob } from './job-record.ts';

/** A job that this caller may see. Somebody else's is `not_found`, word for word as one that was never there. */
export async function visibleJob(ctx: Context, caller: Caller, id: number): Promise<JobSummary> {
  const [job = null] = jobId.safeParse(id).success ? await findJobs(ctx, [id]) : [];
  if (job === null || (job.uid !== caller.uid && caller.role !== 'admin')) throw noSuchJob();
  return job;
}
