import * as z from 'zod';
import type { Context } from '#lib/context';
import { JOB_DETAILS } from '#lib/schemas/job-details';
import { callWorkers } from './call-workers.ts';
import { jobScript, MOST_ATTEMPTS } from './job-script.ts';

/** Looks that are closer to each other than this are one. */
const LOOK_MS = 1_900;
/** Without a sign of its worker in this many looks, a job is lost: after some 12 s. */
const LOOKS = 6;

const look = jobScript(
  `
local spacing, most, detail, mostAttempts = args[1], tonumber(args[2]), args[3], args[4]
if not redis.call('SET', looked, '', 'NX', 'PX', spacing) then return {0, {}} end
tidy()
local again, lost = 0, {}
for _, id in ipairs(redis.call('ZRANGE', running, 0, -1)) do
  if tonumber(redis.call('ZINCRBY', running, 1, id)) >= most then
    lost[#lost + 1] = id
    if giveUp(id, detail, mostAttempts) then again = again + 1 end
  end
end
return {again, lost}
`,
  z.tuple([z.int(), z.array(z.string().transform(Number))]),
);

/**
 * Ends the jobs whose worker was killed or hangs; those that may be started twice wait again. To be called every two
 * seconds by every process that can. It counts looks and not time, because a Redis that was away has heard of nobody: its workers
 * have until the next looks to say that they are still there.
 */
export async function endLostJobs(ctx: Context): Promise<void> {
  const [again, lost] = await look(ctx, LOOK_MS, LOOKS, JOB_DETAILS.workerLost, MOST_ATTEMPTS);
  if (lost.length === 0) return;
  ctx.log.warn({ jobs: lost, again }, 'jobs whose worker is gone');
  // Their places are free again, also for others of the same users.
  await callWorkers(ctx, { count: lost.length });
}
