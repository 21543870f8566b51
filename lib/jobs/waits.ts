import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { JobSummary, JobWait } from '#lib/schemas/job';
import { listWorkers } from './list-workers.ts';

type Waiting = Pick<JobSummary, 'uid' | 'language' | 'status'>;

/** Says of jobs what they wait for, as things are now; null for those that do not wait. */
export async function readWaits(ctx: Context): Promise<(job: Waiting) => JobWait | null> {
  const { redis, keys, config } = ctx;
  const [workers, runningOf] = await Promise.all([
    listWorkers(ctx),
    withRedis(() => redis.hgetall(keys.jobs.runningOf)),
  ]);
  const offered = new Set(workers.flatMap(({ languages }) => languages));
  return ({ uid, language, status }) => {
    if (status !== 'WAITING') return null;
    if (!offered.has(language)) return 'worker';
    return Number(runningOf[uid] ?? 0) >= config.jobs.runningPerUser ? 'quota' : 'turn';
  };
}
