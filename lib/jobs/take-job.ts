import * as z from 'zod';
import type { Context } from '#lib/context';
import { jobLanguage } from '#lib/schemas/job';
import { jobScript } from './job-script.ts';

const takenJob = z
  .tuple([z.string(), z.string(), jobLanguage, z.string(), z.string()])
  .transform(([id, uid, language, code, input]) => ({ id: Number(id), uid: Number(uid), language, code, input }));
export type TakenJob = z.infer<typeof takenJob>;

/** Users take turns: the one whose turn it was goes to the end, whether a job was taken or too many of theirs run already. */
const take = jobScript(
  `
local run, executor, tier, mostRunning = unpack(args)
local function given(id)
  local job = redis.call('HMGET', jobPrefix .. id, 'uid', 'language', 'code', 'input')
  return {id, unpack(job)}
end

local before = redis.call('HGET', runs, run)
if before then return given(before) end

for _ = 1, redis.call('LLEN', turns) do
  local uid = redis.call('LPOP', turns)
  local waiting = waitingPrefix .. uid
  local isAllowed = tonumber(redis.call('HGET', runningOf, uid) or 0) < tonumber(mostRunning)
  local id = isAllowed and redis.call('LPOP', waiting)
  if redis.call('LLEN', waiting) > 0 then redis.call('RPUSH', turns, uid) end
  if id then
    unqueued(id, uid)
    redis.call('HINCRBY', runningOf, uid, 1)
    redis.call('ZADD', running, 0, id)
    redis.call('HSET', runs, run, id)
    redis.call('HINCRBY', jobPrefix .. id, 'attempts', 1)
    redis.call('HSET', jobPrefix .. id, 'status', 'RUNNING', 'startedAt', now(), 'run', run,
      'executor', executor, 'tier', tier)
    changed(id)
    return given(id)
  end
end
return false
`,
  takenJob.nullable(),
);

export type Run = {
  /** Never used before: whoever shows it is who took the job. Asked for again with it, the same job is given again. */
  run: string;
  executor: string;
  tier: string;
};

/** The next job whose turn it is, which is RUNNING from now on; null when none may be run now. */
export async function takeJob(ctx: Context, { run, executor, tier }: Run): Promise<TakenJob | null> {
  return await take(ctx, run, executor, tier, ctx.config.jobs.runningPerUser);
}
