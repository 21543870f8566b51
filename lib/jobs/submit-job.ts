import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { messageOf, VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { invalid, parseInput } from '#lib/parse-input';
import { idempotencyKey, type NewJob, newJob } from '#lib/schemas/job';
import { callWorkers } from './call-workers.ts';
import { firstLineOf } from './first-line.ts';
import { jobScript } from './job-script.ts';
import { listWorkers } from './list-workers.ts';
import { noWorkerThatCan } from './no-worker-that-can.ts';

/** Of code and input, of all the waiting jobs of one user. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

const keyHeader = z.object({ 'Idempotency-Key': idempotencyKey });

/** A guess: when there is room again depends on what runs. */
const RETRY_AFTER_SECONDS = 5;

const submit = jobScript(
  `
local uid, user, submission, fingerprint, lifetime, mostWaiting, mostBytes, canRun = unpack(args)
local language, code, input, retryable, firstLine = unpack(args, 9)
local submitted = submittedPrefix .. uid .. ':' .. submission
if submission ~= '' then
  local id, of = string.match(redis.call('GET', submitted) or '', '^(%d+) (.+)$')
  if id and of ~= fingerprint then return {'reused', tonumber(id)} end
  if id then return {redis.call('EXISTS', jobPrefix .. id) == 1 and 'known' or 'gone', tonumber(id)} end
end
if canRun == '0' then return {'no worker', 0} end
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
  z.tuple([z.enum(['submitted', 'known', 'reused', 'gone', 'no worker', 'too many', 'too large']), z.int()]),
);

/**
 * Queues a script, and returns its number. Under a key of the client's it is queued once, and every later request with that
 * key gets the same number: `invalid` when the key stands for something else, `ended` when its job is not kept any more, as it
 * is not run twice. `forbidden` in somebody else's name, for admins too; `limited` with the limit when too much of this user
 * waits already; `unavailable` where no worker that is there can run it.
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
  const refusal = noWorkerThatCan(await listWorkers(ctx), language);
  const { waitingPerUser } = ctx.config.jobs;
  const once = [submission, hash(JSON.stringify(script)), lifetimes.jobSubmission];
  const may = [waitingPerUser, MOST_WAITING_BYTES, refusal === null ? 1 : 0];
  const [outcome, number] = await submit(ctx, uid, caller.name, ...once, ...may, ...script, firstLineOf(code));
  if (outcome === 'too many' || outcome === 'too large') throw overQuota(outcome, waitingPerUser, number);
  if (outcome === 'reused')
    throw invalid([{ path: 'Idempotency-Key', code: 'reused', message: 'was used for another job' }]);
  if (outcome === 'gone') {
    throw new VigiaError('ended', `Job ${number} was submitted under this key; it has ended, and is not kept any more`);
  }
  if (outcome === 'no worker' && refusal !== null) throw refusal;
  if (outcome === 'submitted') {
    ctx.log.info({ job: number, uid, language }, 'job submitted');
    await callWorkers(ctx, { count: 1, language }).catch((error: unknown) => {
      ctx.log.warn({ job: number, reason: messageOf(error) }, 'no worker was told of a job; they look by themselves');
    });
  }
  return { id: number };
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
