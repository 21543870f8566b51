import * as z from 'zod';
import { readAccountState } from '#lib/auth/account-state';
import type { Context } from '#lib/context';
import { type JobLanguage, jobLanguage } from '#lib/schemas/job';
import { accountGone } from './end-jobs-of.ts';
import { jobScript } from './job-script.ts';

const takenJob = z
  .tuple([z.string(), z.string(), jobLanguage, z.string(), z.string()])
  .transform(([id, uid, language, code, input]) => ({ id: Number(id), uid: Number(uid), language, code, input }));
export type TakenJob = z.infer<typeof takenJob>;

/**
 * Users take turns: the one whose turn it was goes to the end. Who has nothing that this worker could run, or too much running
 * already, is passed over and keeps their place.
 */
const take = jobScript(
  `
local run, executor, tier, mostRunning = unpack(args)
local offered = {unpack(args, 5)}
local function given(id)
  local job = redis.call('HMGET', jobPrefix .. id, 'uid', 'language', 'code', 'input')
  return {id, unpack(job)}
end

local before = redis.call('HGET', runs, run)
if before then return given(before) end

local function oldestOf(uid)
  if tonumber(redis.call('HGET', runningOf, uid) or 0) >= tonumber(mostRunning) then return nil end
  local oldest
  for _, language in ipairs(offered) do
    local id = redis.call('ZRANGE', waitingOf(uid, language), 0, 0)[1]
    if id and (not oldest or tonumber(id) < tonumber(oldest)) then oldest = id end
  end
  return oldest
end

for _, uid in ipairs(redis.call('LRANGE', turns, 0, -1)) do
  local id = oldestOf(uid)
  if id then
    unqueue(id, uid)
    if redis.call('LREM', turns, 1, uid) == 1 then redis.call('RPUSH', turns, uid) end
    redis.call('HINCRBY', runningOf, uid, 1)
    redis.call('ZADD', running, 0, id)
    redis.call('HSET', runs, run, id)
    redis.call('HINCRBY', jobPrefix .. id, 'attempts', 1)
    redis.call('HSET', jobPrefix .. id, 'status', 'RUNNING', 'startedAt', now(), 'run', run,
      'executor', executor, 'tier', tier)
    moved(id, uid)
    return given(id)
  end
end
return false
`,
  takenJob.nullable(),
);

type Run = {
  /** Never used before: whoever shows it is who took the job. Asked for again with it, the same job is given again. */
  run: string;
  executor: string;
  tier: string;
  languages: readonly JobLanguage[];
};

const turnAway = jobScript(
  `
local id, run, detail = unpack(args)
if not isHeld(id, run) then return 0 end
stopped(id, ownerOf(id))
redis.call('HDEL', jobPrefix .. id, 'startedAt', 'executor', 'tier')
redis.call('HINCRBY', jobPrefix .. id, 'attempts', -1)
finish(id, 'ERROR', 'cancelled', {'detail', detail})
return 1
`,
  z.union([z.literal(0), z.literal(1)]),
);

/**
 * The next job whose turn it is, which is RUNNING from now on; null when none may be run now. A job whose user is disabled or
 * deleted by now ends here as `cancelled`, and is not run.
 */
export async function takeJob(ctx: Context, { run, executor, tier, languages }: Run): Promise<TakenJob | null> {
  for (;;) {
    const job = await take(ctx, run, executor, tier, ctx.config.jobs.runningPerUser, ...languages);
    const account = job === null ? 'active' : await readAccountState(ctx, job.uid);
    if (job === null || account === 'active') return job;
    await turnAway(ctx, job.id, run, accountGone(account));
    ctx.log.info({ job: job.id, uid: job.uid, account }, 'a job is not run, as its user is gone');
  }
}
