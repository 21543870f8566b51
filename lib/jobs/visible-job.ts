import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import { type JobSummary, jobId } from '#lib/schemas/job';
import { findJobs, noSuchJob } from './job-record.ts';

/** A job that this caller may see. Somebody else's is `not_found`, word for word as one that was never there. */
export async function visibleJob(ctx: Context, caller: Caller, id: number): Promise<JobSummary> {
  const [job = null] = await findJobs(ctx, [parseInput(jobId, id)]);
  if (job === null || (job.uid !== caller.uid && caller.role !== 'admin')) throw noSuchJob(id);
  return job;
}
