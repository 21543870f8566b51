import * as z from 'zod';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import type { JobWorker } from '#lib/schemas/job-queue';
import { jobScript } from './job-script.ts';

const hold = jobScript(
  `
local worker, lifetime = args[1], tonumber(args[2])
local at = now()
redis.call('ZADD', workers, at, worker)
redis.call('ZREMRANGEBYSCORE', workers, '-inf', at - lifetime)
local gone, unwanted = {}, {}
for index = 3, #args, 2 do
  local id, run = args[index], args[index + 1]
  if not isHeld(id, run) then
    gone[#gone + 1] = run
  else
    redis.call('ZADD', running, 0, id)
    if field(id, 'cancelled') then unwanted[#unwanted + 1] = run end
  end
end
local waits = 0
for _, uid in ipairs(redis.call('LRANGE', turns, 0, 99)) do
  for _, language in ipairs(cjson.decode(worker).languages) do
    waits = waits + redis.call('ZCARD', waitingOf(uid, language))
  end
end
return {gone, unwanted, waits}
`,
  z
    .tuple([z.array(z.string()), z.array(z.string()), z.int()])
    .transform(([gone, unwanted, waiting]) => ({ gone, unwanted, waiting })),
);

/** What a worker is told when it says that it is there. */
type Held = {
  /** Runs whose job is not theirs any more. */
  gone: string[];
  /** Runs that somebody wants to end. */
  unwanted: string[];
  /** About how many jobs wait that it can run. */
  waiting: number;
};

/** Says that a worker is there, and still has these runs. */
export async function holdJobs(
  ctx: Context,
  worker: JobWorker,
  runs: readonly { id: number; run: string }[],
): Promise<Held> {
  const held = runs.flatMap(({ id, run }) => [id, run]);
  return await hold(ctx, JSON.stringify(worker), lifetimes.jobWorker, ...held);
}

/** Says that it is not there any more. */
export async function leaveJobs({ redis, keys }: Context, worker: JobWorker): Promise<void> {
  await redis.zrem(keys.jobs.workers, JSON.stringify(worker));
}
