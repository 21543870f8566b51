import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import type { JobSummary } from '#lib/schemas/job';
import { noSuchJob } from './job-record.ts';
import { jobScript } from './job-script.ts';
import { visibleJob } from './visible-job.ts';

const cancel = jobScript(
  `
local id, by = unpack(args)
local uid, status = unpack(redis.call('HMGET', jobPrefix .. id, 'uid', 'status'))
if not status then return 'missing' end
if status == 'RUNNING' then
  redis.call('HSETNX', jobPrefix .. id, 'cancelled', by)
  redis.call('PUBLISH', cancelled, id)
  return 'asked'
end
if status ~= 'WAITING' then return 'ended' end
unqueue(id, uid)
finish(id, 'ERROR', 'cancelled', {'detail', by})
return 'cancelled'
`,
  z.enum(['missing', 'asked', 'ended', 'cancelled']),
);

/** For how long the worker is waited for, and how often it is looked for: seldom enough, as cancelling is rare. */
const PATIENCE_MS = 10_000;
const LOOK_MS = 20;

/**
 * Ends a job that waits or runs, and resolves when none of its processes is left; `killed` says how many there were.
 * `ended` when it is over already, or came to its own end first.
 */
export async function cancelJob(ctx: Context, caller: Caller, { id }: { id: number }): Promise<JobSummary> {
  const { uid } = await visibleJob(ctx, caller, id);
  const outcome = await cancel(ctx, id, uid === caller.uid ? '' : `cancelled by ${caller.name}`);
  if (outcome === 'missing') throw noSuchJob();
  if (outcome === 'ended') throw ended(id);
  const until = performance.now() + PATIENCE_MS;
  for (let job = await visibleJob(ctx, caller, id); ; job = await visibleJob(ctx, caller, id)) {
    if (job.endedAt !== null) {
      if (job.reason !== 'cancelled') throw ended(id);
      ctx.log.info({ job: id, uid, by: caller.uid, killed: job.killed }, 'job cancelled');
      return job;
    }
    if (performance.now() > until) throw new VigiaError('busy', `Job ${id} is still being stopped: look at it again`);
    await wait(LOOK_MS);
  }
}

function ended(id: number): VigiaError {
  return new VigiaError('ended', `Job ${id} has ended already`);
}
