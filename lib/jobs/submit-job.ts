import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { messageOf, VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { invalid, parseInput } from '#lib/parse-input';
import { idempotencyKey, type JobLanguage, type NewJob, newJob } from '#lib/schemas/job';
import type { JobWorker } from '#lib/schemas/job-queue';
import { callWorkers } from './call-workers.ts';
import { firstLineOf } from './first-line.ts';
import { jobScript } from './job-script.ts';
import { listWorkers } from './list-workers.ts';

/** Of code and input, of all the waiting jobs of one user. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

const keyHeader = z.object({ 'Idempotency-Key': idempotencyKey });

/** A guess: when there is room again depends on what runs. */
const RETRY_AFTER_SECONDS = 5;

const submit = jobScript(
  `
local uid, user, submission, fingerprint, lifetime, mostWaiting, mostBytes = unpack(args)
local language, code, input, retryable, firstLine = unpack(args, 8)
local submitted = submittedPrefix .. uid .. ':' .. submission
if submission ~= '' then
  local id, of = string.match(redis.call('GET', submitted) or '', '^(%d+) (.+)$')
  if id then return {of == fingerprint and 'known' or 'reused', tonumber(id)} end
end
local size = #code + #input
local bytes = tonumber(redis.call('HGET', waitingBytes, uid) or 0)
local count = countWaiting(uid)
if count >= tonumber(mostWaiting) then return {'too many', count} end
if bytes + size > tonumber(mostBytes) then return {'too large', bytes} end
local id = redis.call('INCR', lastId)
redis.call('HSET', jobPrefix .. id, 'uid', uid, 'user', user, 'language', language, 'status', 'WAITING', 'truncated', 0, 'killed', 0,
  'retryable', retryable, 'attempts', 0, 'queuedAt', now(), 'run', '', 'pieces', 0, 'size', size, 'bytes', size,
  'code', code, 'input', input, 'firstLine', firstLine)
redis.call('ZADD', all, id, id)
redis.call('ZADD', ofUserPrefix .. uid, id, id)
queue(id, uid)
if submission ~= '' then redis.call('SET', submitted, id .. ' ' .. fingerprint, 'PX', lifetime) end
moved(id, uid)
return {'submitted', id}
`,
  z.tuple([z.enum(['submitted', 'known', 'reused', 'too many', 'too large']), z.int()]),
);

/**
 * Queues a script, and returns its number. Under a key of the client's it is queued once, and every later request with that
 * key gets the same number; `invalid` when the key stands for something else. `forbidden` in somebody else's name, for
 * admins too; `limited` with the limit when too much of this user waits already; `unavailable` where no worker that is there can
 * run it.
 */
export async function submitJob(
  ctx: Context,
  caller: Caller,
  input: NewJob,
  { key }: { key?: string | undefined } = {},
): Promise<{ id: number }> {
  const { uid = caller.uid, language, code, input: standardInput, retryable } = parseInput(newJob, input);
  if (uid !== caller.uid) throw new VigiaError('forbidden', 'A job is submitted in your own name only');
  const script = [language, code, standardInput, retryable ? '1' : '0'];
  const submission =
    key === undefined ? '' : hash(parseInput(keyHeader, { 'Idempotency-Key': key })['Idempotency-Key']);
  requireWorkerThatCan(await listWorkers(ctx), language);
  const { waitingPerUser } = ctx.config.jobs;
  const bounds = [lifetimes.jobSubmission, waitingPerUser, MOST_WAITING_BYTES];
  const fingerprint = hash(JSON.stringify(script));
  const [outcome, number] = await submit(
    ctx,
    uid,
    caller.name,
    submission,
    fingerprint,
    ...bounds,
    ...script,
    firstLineOf(code),
  );
  if (outcome === 'too many' || outcome === 'too large') throw overQuota(outcome, waitingPerUser, number);
  if (outcome === 'reused')
    throw invalid([{ path: 'Idempotency-Key', code: 'reused', message: 'was used for another job' }]);
  if (outcome === 'submitted') {
    ctx.log.info({ job: number, uid, language }, 'job submitted');
    await callWorkers(ctx, { count: 1, language }).catch((error: unknown) => {
      ctx.log.warn({ job: number, reason: messageOf(error) }, 'no worker was told of a job; they look by themselves');
    });
  }
  return { id: number };
}

/**
 * While no worker is there, jobs wait for one: it is being replaced, or starts later. Where workers are there and none of them
 * could run this job, whoever submits it is told so at once, because to wait would mostly be in vain.
 */
function requireWorkerThatCan(workers: readonly JobWorker[], language: JobLanguage): void {
  if (workers.length === 0 || workers.some(({ languages }) => languages.includes(language))) return;
  const missing = workers.flatMap((worker) => worker.missing).join('; ');
  if (workers.every(({ tier }) => tier === null)) {
    throw new VigiaError('unavailable', 'Jobs are not run here: nothing on the workers can confine them', {
      cause: new Error(missing),
    });
  }
  const offered = [...new Set(workers.flatMap(({ languages }) => languages))].join(', ');
  throw new VigiaError('unavailable', `No worker here runs ${language}; those that are there run ${offered}`, {
    fields: [{ path: 'language', code: 'not_a_choice', message: 'is not run by any worker that is there now' }],
    cause: new Error(missing),
  });
}

function overQuota(outcome: 'too many' | 'too large', mostJobs: number, now: number): VigiaError {
  const retryAfterSeconds = RETRY_AFTER_SECONDS;
  if (outcome === 'too many') {
    const limit = { name: 'waitingJobs', most: mostJobs, now };
    const message = `You have ${now} jobs waiting, and may have ${mostJobs}: wait until some have started, or cancel some`;
    return new VigiaError('limited', message, { retryAfterSeconds, limit });
  }
  const limit = { name: 'waitingBytes', most: MOST_WAITING_BYTES, now };
  const [mostMib, nowMib] = [limit.most, limit.now].map((bytes) => (bytes / 1024 / 1024).toFixed(1));
  const message = `Code and input of your waiting jobs are ${nowMib} MiB, of the ${mostMib} MiB that they may be: wait until some have started`;
  return new VigiaError('limited', message, { retryAfterSeconds, limit });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
