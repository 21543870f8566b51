import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import type { Job } from '#lib/schemas/job';
import { readWholeOutput } from './output-entries.ts';
import { visibleJob } from './visible-job.ts';

/** A job with all that it has written so far. */
export async function readJob(ctx: Context, caller: Caller, { id }: { id: number }): Promise<Job> {
  const summary = await visibleJob(ctx, caller, id);
  return { ...summary, ...(await readWholeOutput(ctx, id)) };
}
