import * as z from 'zod';
import type { Context } from '#lib/context';
import { jobLanguage } from '#lib/schemas/job';
import { jobScript } from './job-script.ts';

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
local own = {
  countWaiting(asking),
  tonumber(redis.call('HGET', runningOf, asking) or 0),
  redis.call('ZCARD', endedOfPrefix .. asking),
  redis.call('ZCARD', failedOfPrefix .. asking),
}
return {ofLanguage, redis.call('ZCARD', running), redis.call('ZCARD', ended), redis.call('ZCARD', failed), own}
`,
  z.tuple([z.array(z.int()), z.int(), z.int(), z.int(), z.tuple([z.int(), z.int(), z.int(), z.int()])]),
);

/** Those that wait by language, those that run, those that have ended and are kept, in an error or not; and a user's own. */
export async function countJobs(ctx: Context, uid: number | null) {
  const [waiting, running, ended, failed, own] = await count(ctx, uid ?? '');
  return {
    waiting: jobLanguage.options.map((language, index) => ({ language, waiting: waiting[index] ?? 0 })),
    running,
    ended,
    failed,
    own: { waiting: own[0], running: own[1], ended: own[2], failed: own[3] },
  };
}
