import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { messageOf, VigiaError } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import { invalid, parseInput } from '#lib/parse-input';
import { idempotencyKey, type NewJob, newJob } from '#lib/schemas/job';
import { jobScript } from './job-script.ts';
import { listWorkers } from './list-workers.ts';
import { grantPermits } from './permits.ts';

/** Of code and input, of all the waiting jobs of one user. */
const MOST_WAITING_BYTES = 64 * 1024 * 1024;

/** A guess: when there is room again depends on what runs. */
const RETRY_AFTER_SECONDS = 5;

const submit = jobScript(
  `
local uid, submission, fingerprint, lifetime, mostWaiting, mostBytes = unpack(args)
local language, code, input, retryable = unpack(args, 7)
local submitted = submittedPrefix .. uid .. ':' .. submission
if submission ~= '' then
  local id, of = string.match(redis.call('GET', submitted) or '', '^(%d+) (.+)$')
  if id then return {of == fingerprint and 'known' or 'reused', tonumber(id)} end
end
local size = #code + #input
local bytes = tonumber(redis.call('HGET', waitingBytes, uid) or 0)
if redis.call('LLEN', waitingPrefix .. uid) >= tonumber(mostWaiting) or bytes + size > tonumber(mostBytes) then
  return {'full', 0}
end
local id = redis.call('INCR', lastId)
redis.call('HSET', jobPrefix .. id, 'uid', uid, 'language', language, 'status', 'WAITING', 'truncated', 0, 'killed', 0,
  'retryable', retryable, 'attempts', 0, 'queuedAt', now(), 'run', '', 'pieces', 0, 'size', size, 'bytes', size,
  'code', code, 'input', input)
redis.call('ZADD', all, id, id)
redis.call('ZADD', ofUserPrefix .. uid, id, id)
queue(id, uid, 'RPUSH')
if submission ~= '' then redis.call('SET', submitted, id .. ' ' .. fingerprint, 'PX', lifetime) end
return {'submitted', id}
`,
  z.tuple([z.enum(['submitted', 'known', 'reused', 'full']), z.int()]),
);

/**
 * Queues a script, and returns its number. Under a key of the client's it is queued once, and every later request with that
 * key gets the same number; `invalid` when the key stands for something else. `forbidden` in somebody else's name, for
 * admins too; `limited` when too much of this user waits already; `unavailable` where nothing can confine it.
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
  const submission = key === undefined ? '' : hash(parseInput(z.object({ key: idempotencyKey }), { key }).key);
  await requireWorkerThatCan(ctx);
  const { waitingPerUser } = ctx.config.jobs;
  const bounds = [lifetimes.jobSubmission, waitingPerUser, MOST_WAITING_BYTES];
  const [outcome, id] = await submit(ctx, uid, submission, hash(JSON.stringify(script)), ...bounds, ...script);
  if (outcome === 'full') {
    throw new VigiaError('limited', 'Too many of your jobs are waiting already', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  if (outcome === 'reused') throw invalid([{ path: 'Idempotency-Key', message: 'was used for another job' }]);
  if (outcome === 'submitted') {
    ctx.log.info({ job: id, uid, language }, 'job submitted');
    await grantPermits(ctx, 1).catch((error: unknown) => {
      ctx.log.warn({ job: id, reason: messageOf(error) }, 'no worker was told of a job; they look by themselves');
    });
  }
  return { id };
}

/** While no worker is there, jobs wait for one. While all that are there refuse, so does this. */
async function requireWorkerThatCan(ctx: Context): Promise<void> {
  const workers = await listWorkers(ctx);
  if (workers.length === 0 || workers.some(({ tier }) => tier !== null)) return;
  throw new VigiaError('unavailable', 'Jobs are not run here: nothing on the workers can confine them', {
    cause: new Error(workers.flatMap(({ missing }) => missing).join('; ')),
  });
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
