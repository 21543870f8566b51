import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { withRedis } from '#lib/redis';
import { type JobWorker, jobWorker } from '#lib/schemas/job-queue';

/** The processes that run jobs, as far as they have said lately that they are there. */
export async function listWorkers({ redis, keys }: Context): Promise<JobWorker[]> {
  // By the clock that they are written by: machines may differ.
  const [[seconds], entries] = await withRedis(() =>
    Promise.all([redis.time(), redis.zrange(keys.jobs.workers, '0', '-1', 'WITHSCORES')]),
  );
  const since = Number(seconds) * 1_000 - lifetimes.jobWorker;
  return entries.flatMap((text, index) => {
    const isText = index % 2 === 0;
    return isText && Number(entries[index + 1]) >= since ? [jobWorker.parse(JSON.parse(text))] : [];
  });
}
