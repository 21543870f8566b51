import * as z from 'zod';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { codeVersion } from '#lib/schemas/record';
import { functionSettings } from '#lib/schemas/settings';
import { type TryRun, tryEnv, tryRun } from '#lib/schemas/try';

/**
 * How whoever tries code and a runtime that runs it meet. What is asked for waits in a list, and a message tells the
 * runtimes; how many heard it says at once, and without a heartbeat, when none is there. A runtime takes a request together
 * with its body, so it is run once at most. While it is at it, it renews a key, whose end tells each side that the other
 * has gone.
 */
const tryRequest = z.object({
  name: z.string(),
  code: codeVersion
    .pick({ sha256: true, kind: true, language: true, fileName: true, entry: true, source: true, at: true })
    .extend({ key: z.string() }),
  settings: functionSettings.pick({ handler: true, timeoutMs: true, inputKey: true, outputKey: true }),
  env: tryEnv,
});
export type TryRequest = z.infer<typeof tryRequest>;

/** What a runtime has taken. */
export type TakenTry = TryRequest & {
  id: string;
  input: Buffer;
  /** For how long somebody waits for the answer. */
  patienceMs: number;
};

/** How many may wait for a runtime that has time. */
const MAX_WAITING = 8;

const ASK = `
local waiting, request = KEYS[1], KEYS[2]
local id, body, input, lifetime, most, channel = unpack(ARGV)
if redis.call('LLEN', waiting) >= tonumber(most) then return 'busy' end
if redis.call('PUBLISH', channel, '') == 0 then return 'nobody' end
redis.call('HSET', request, 'body', body, 'input', input)
redis.call('LPUSH', waiting, id)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, lifetime) end
return 'waiting'
`;

/** Skips what nobody waits for any more. */
const TAKE = `
local waiting = KEYS[1]
local requestPrefix, takenPrefix, lifetime = unpack(ARGV)
while true do
  local id = redis.call('RPOP', waiting)
  if not id then return false end
  local request = requestPrefix .. id
  local left = redis.call('PTTL', request)
  if left > 0 then
    local body = redis.call('HMGET', request, 'body', 'input')
    redis.call('UNLINK', request)
    redis.call('SET', takenPrefix .. id, '', 'PX', lifetime)
    return {id, tostring(left), body[1], body[2]}
  end
end
`;

const ANSWER = `
if redis.call('DEL', KEYS[1]) == 0 then return 0 end
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[2])
return 1
`;

/** `nobody`: no runtime listens; `busy`: too many wait already. */
export async function askForTry(
  { redis, keys: { tries } }: Context,
  id: string,
  request: TryRequest,
  input: Buffer,
): Promise<'waiting' | 'nobody' | 'busy'> {
  const args = [id, JSON.stringify(request), input, lifetimes.try, MAX_WAITING, tries.asked];
  const answer = await redis.eval(ASK, 2, tries.waiting, tries.request(id), ...args);
  return z.enum(['waiting', 'nobody', 'busy']).parse(answer);
}

/** `gone`: a runtime took it and has ended, or has dropped it. */
export async function lookAtTry(
  { redis, keys: { tries } }: Context,
  id: string,
): Promise<TryRun | 'waiting' | 'taken' | 'gone'> {
  // In the order in which one follows another, so that none is missed between two looks.
  const [waits, taken, answer] = await Promise.all([
    redis.exists(tries.request(id)),
    redis.exists(tries.taken(id)),
    redis.get(tries.answer(id)),
  ]);
  if (answer !== null) return tryRun.parse(JSON.parse(answer));
  return waits === 1 ? 'waiting' : taken === 1 ? 'taken' : 'gone';
}

/** Tells the runtimes again; returns whether any is there. */
export async function remindOfTries({ redis, keys: { tries } }: Context): Promise<boolean> {
  return (await redis.publish(tries.asked, '')) > 0;
}

/** Nobody waits any more: what has not begun does not, and what has is stopped. */
export async function withdrawTry({ redis, keys: { tries } }: Context, id: string): Promise<void> {
  const all = [tries.request(id), tries.code(id), tries.taken(id), tries.answer(id)];
  await Promise.all([redis.lrem(tries.waiting, 0, id), redis.unlink(...all)]);
}

/** The oldest request, for this runtime alone; null when none waits. */
export async function takeTry({ redis, keys: { tries } }: Context): Promise<TakenTry | null> {
  const args = [tries.requestPrefix, tries.takenPrefix, lifetimes.takenTry];
  const taken = await redis.callBuffer('EVAL', TAKE, 1, tries.waiting, ...args);
  if (taken === null) return null;
  const [id, left, body, input] = z.tuple([bytes, bytes, bytes, bytes]).parse(taken);
  return {
    ...tryRequest.parse(JSON.parse(body.toString('utf8'))),
    id: id.toString('utf8'),
    patienceMs: Number(left),
    input,
  };
}

const bytes = z.custom<Buffer>((value) => Buffer.isBuffer(value));

/** Says that it is still at it; returns whether somebody still waits. */
export async function holdTry({ redis, keys: { tries } }: Context, id: string): Promise<boolean> {
  return (await redis.pexpire(tries.taken(id), lifetimes.takenTry)) === 1;
}

export async function answerTry({ redis, keys: { tries } }: Context, id: string, run: TryRun): Promise<void> {
  await redis.eval(ANSWER, 2, tries.taken(id), tries.answer(id), JSON.stringify(run), lifetimes.try);
}

/** Gives up what it has taken: there will be no answer. */
export async function dropTry({ redis, keys: { tries } }: Context, id: string): Promise<void> {
  await redis.unlink(tries.taken(id));
}
