import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { type JobScript, jobScript } from '#lib/schemas/job';
import { noSuchJob } from './job-record.ts';
import { visibleJob } from './visible-job.ts';

/** What was submitted, as it can be submitted again. */
export async function readJobScript(ctx: Context, caller: Caller, { id }: { id: number }): Promise<JobScript> {
  const { language, retryable } = await visibleJob(ctx, caller, id);
  const [code, input] = await withRedis(() => ctx.redis.hmget(ctx.keys.jobs.job(id), 'code', 'input'));
  // It may have been the oldest one, and gone between the two looks.
  if (code === null) throw noSuchJob();
  return jobScript.parse({ language, code, input, retryable });
}
