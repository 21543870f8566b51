import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { jobLanguage, MOST_TEXT_BYTES } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { jobScript } from './job-script.ts';
import { listWorkers } from './list-workers.ts';

const count = jobScript(
  `
local asking = args[1]
local ofLanguage = {}
for index = 1, #languages do ofLanguage[index] = 0 end
for _, uid in ipairs(redis.call('LRANGE', turns, 0, -1)) do
  for index, language in ipairs(languages) do
    ofLanguage[index] = ofLanguage[index] + redis.call('ZCARD', waitingOf(uid, language))
  end
end
local own = {countWaiting(asking), tonumber(redis.call('HGET', runningOf, asking) or 0)}
return {ofLanguage, redis.call('ZCARD', running), own}
`,
  z.tuple([z.array(z.int()), z.int(), z.tuple([z.int(), z.int()])]),
);

/** How busy it is, who runs jobs, and what whoever asks may have of it. */
export async function readQueue(ctx: Context, { uid }: Caller): Promise<JobQueue> {
  const [[waiting, running, own], workers] = await Promise.all([count(ctx, uid), listWorkers(ctx)]);
  const languages = jobLanguage.options.map((language, index) => ({
    language,
    waiting: waiting[index] ?? 0,
    workers: workers.filter((worker) => worker.languages.includes(language)).length,
  }));
  const { waitingPerUser, runningPerUser, timeLimitMs } = ctx.config.jobs;
  return {
    waiting: waiting.reduce((sum, each) => sum + each, 0),
    running,
    own: { waiting: own[0], running: own[1] },
    languages,
    workers: workers.map(({ executor, tier, missing, languages: offered, concurrency }) => {
      return { executor, tier, missing, languages: offered, concurrency };
    }),
    limits: { waitingPerUser, runningPerUser, timeMs: timeLimitMs, textBytes: MOST_TEXT_BYTES },
  };
}
