import type * as z from 'zod';
import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { jobLanguage } from '#lib/schemas/job';
import { KEEP_ENDED } from './keep-ended.ts';

/** What every script is given of the keys, under these names. */
const KEY_NAMES = [
  'lastId',
  'jobPrefix',
  'outputPrefix',
  'changedPrefix',
  'all',
  'ofUserPrefix',
  'turns',
  'waitingPrefix',
  'waitingBytes',
  'running',
  'runningOf',
  'runs',
  'looked',
  'ended',
  'endedBytes',
  'endedOfPrefix',
  'endedCountOf',
  'endedBytesOf',
  'failed',
  'failedOfPrefix',
  'submittedPrefix',
  'workers',
  'cancelled',
  'movedChannel',
] as const;

const LANGUAGES = jobLanguage.options.map((language) => `'${language}'`).join(', ');

/**
 * What the steps of a job have in common. A job is in `turns` and `waiting` while it is WAITING, in `running`, `runningOf` and
 * `runs` while it is RUNNING, and in `ended` afterwards; each step moves it between them as a whole.
 */
const COMMON = `
local ${KEY_NAMES.join(', ')} = unpack(KEYS)
local keepJobs, keepMs, keepBytes = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local args = {unpack(ARGV, 4)}
local languages = {${LANGUAGES}}

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function changed(id)
  redis.call('PUBLISH', changedPrefix .. id, '')
end

local function field(id, name)
  return redis.call('HGET', jobPrefix .. id, name)
end

-- What another version has stored may lack something, and must not stand in the way of the jobs after it.
local function numberOf(id, name)
  return tonumber(field(id, name) or 0)
end

local function ownerOf(id)
  return field(id, 'uid') or ''
end

-- For those who look at lists: more than output is new.
local function moved(id, uid)
  changed(id)
  redis.call('PUBLISH', movedChannel, id .. ' ' .. uid)
end

local function waitingOf(uid, language)
  return waitingPrefix .. uid .. ':' .. language
end

local function countWaiting(uid)
  local count = 0
  for _, language in ipairs(languages) do count = count + redis.call('ZCARD', waitingOf(uid, language)) end
  return count
end

local function queue(id, uid)
  if countWaiting(uid) == 0 then redis.call('RPUSH', turns, uid) end
  redis.call('ZADD', waitingOf(uid, field(id, 'language')), id, id)
  redis.call('HINCRBY', waitingBytes, uid, numberOf(id, 'size'))
end

local function unqueue(id, uid)
  for _, language in ipairs(languages) do redis.call('ZREM', waitingOf(uid, language), id) end
  if countWaiting(uid) == 0 then redis.call('LREM', turns, 1, uid) end
  if redis.call('HINCRBY', waitingBytes, uid, 0 - numberOf(id, 'size')) == 0 then redis.call('HDEL', waitingBytes, uid) end
end

local function stopped(id, uid)
  redis.call('ZREM', running, id)
  redis.call('HDEL', runs, field(id, 'run') or '')
  if redis.call('HINCRBY', runningOf, uid, -1) == 0 then redis.call('HDEL', runningOf, uid) end
end
${KEEP_ENDED}
local function finish(id, status, reason, rest)
  local at, uid = now(), ownerOf(id)
  redis.call('HSET', jobPrefix .. id, 'status', status, 'reason', reason, 'endedAt', at, unpack(rest))
  keep(id, uid, at, status)
  moved(id, uid)
  tidy(id)
end

-- Ends a job whose worker could not, or queues it once more where that was allowed. Returns whether it waits again.
local function giveUp(id, detail, mostAttempts)
  local uid = ownerOf(id)
  stopped(id, uid)
  local cancelledBy = field(id, 'cancelled')
  if cancelledBy then
    finish(id, 'ERROR', 'cancelled', {'detail', cancelledBy})
  elseif field(id, 'retryable') ~= '1' or numberOf(id, 'attempts') >= tonumber(mostAttempts) then
    finish(id, 'ERROR', 'lost', {'detail', detail})
  else
    redis.call('UNLINK', outputPrefix .. id)
    redis.call('HDEL', jobPrefix .. id, 'startedAt', 'executor', 'tier')
    redis.call('HSET', jobPrefix .. id, 'status', 'WAITING', 'run', '', 'pieces', 0, 'bytes', numberOf(id, 'size'))
    queue(id, uid)
    moved(id, uid)
    return true
  end
  return false
end

local function isHeld(id, run)
  return field(id, 'status') == 'RUNNING' and field(id, 'run') == run
end
`;

/** One step in the life of jobs, which nothing comes between; in the script, `args` is what it is called with. */
export function jobScript<T>(lua: string, answer: z.ZodType<T>) {
  const text = COMMON + lua;
  return async (ctx: Context, ...args: (string | number)[]): Promise<T> => {
    const { redis, keys, config } = ctx;
    const { jobs, ageMs, bytes } = config.jobs.keep;
    const names = KEY_NAMES.map((name) => keys.jobs[name]);
    const all = [...names, jobs, ageMs, bytes, ...args];
    return answer.parse(await withRedis(() => redis.eval(text, names.length, ...all)));
  };
}

/** How often a job that may be started again is, at most. */
export const MOST_ATTEMPTS = 3;
