import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { MOST_TEXT_BYTES } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { countJobs } from './count-jobs.ts';
import { listWorkers } from './list-workers.ts';

/** How busy it is, who runs jobs, and what whoever asks may have of it. */
export async function readQueue(ctx: Context, { uid }: Caller): Promise<JobQueue> {
  const [{ waiting, running, ended, failed, own }, workers] = await Promise.all([
    countJobs(ctx, uid),
    listWorkers(ctx),
  ]);
  const languages = waiting.map((each) => ({
    ...each,
    workers: workers.filter((worker) => worker.languages.includes(each.language)).length,
  }));
  const { waitingPerUser, runningPerUser, timeLimitMs } = ctx.config.jobs;
  return {
    waiting: waiting.reduce((sum, each) => sum + each.waiting, 0),
    running,
    ended,
    failed,
    own,
    languages,
    workers: workers.map(({ executor, tier, missing, languages: offered, concurrency }) => {
      return { executor, tier, missing, languages: offered, concurrency };
    }),
    limits: { waitingPerUser, runningPerUser, timeMs: timeLimitMs, textBytes: MOST_TEXT_BYTES },
  };
}
