/**
 * How jobs that have ended are kept, as a part of {@link jobScript}. They are bounded together, by age, number and bytes; what
 * goes is the oldest of the user who has most of it, so that a flood of jobs takes nobody else's place.
 */
export const KEEP_ENDED = `
local function recount(uid, bytes)
  local count = redis.call('ZCARD', endedOfPrefix .. uid)
  if count == 0 then
    redis.call('ZREM', endedCountOf, uid)
    redis.call('ZREM', endedBytesOf, uid)
  else
    redis.call('ZADD', endedCountOf, count, uid)
    redis.call('ZINCRBY', endedBytesOf, bytes, uid)
  end
end

local function keep(id, uid, at, status)
  local bytes = numberOf(id, 'bytes')
  redis.call('ZADD', ended, at, id)
  redis.call('ZADD', endedOfPrefix .. uid, at, id)
  redis.call('INCRBY', endedBytes, bytes)
  if status == 'ERROR' then
    redis.call('ZADD', failed, at, id)
    redis.call('ZADD', failedOfPrefix .. uid, at, id)
  end
  recount(uid, bytes)
end

local function forget(id, uid)
  local bytes = numberOf(id, 'bytes')
  redis.call('ZREM', ended, id)
  redis.call('ZREM', failed, id)
  redis.call('ZREM', failedOfPrefix .. uid, id)
  redis.call('DECRBY', endedBytes, bytes)
  if redis.call('ZREM', endedOfPrefix .. uid, id) == 1 then recount(uid, 0 - bytes) end
  redis.call('ZREM', ofUserPrefix .. uid, id)
  redis.call('ZREM', all, id)
  redis.call('UNLINK', jobPrefix .. id, outputPrefix .. id)
  moved(id, uid)
end

-- What has just ended is to be seen; in one moment, or after the clock was put back, it may stand before others.
local function oldestOf(set, justEnded)
  local first, second = unpack(redis.call('ZRANGE', set, 0, 1))
  return first == justEnded and second or first
end

-- What another version has ended is of nobody's share, and goes first.
local function leastMissed(shares, justEnded)
  local oldest = oldestOf(ended, justEnded)
  local owner = ownerOf(oldest)
  if not redis.call('ZSCORE', endedOfPrefix .. owner, oldest) then return oldest, owner end
  local largest = redis.call('ZREVRANGE', shares, 0, 0)[1]
  local id = largest and oldestOf(endedOfPrefix .. largest, justEnded)
  if not id or id == justEnded then return oldest, owner end
  return id, largest
end

local function tidy(justEnded)
  for _ = 1, 100 do
    local oldest, at = unpack(redis.call('ZRANGE', ended, 0, 0, 'WITHSCORES'))
    if not oldest then return end
    local count, bytes = redis.call('ZCARD', ended), tonumber(redis.call('GET', endedBytes) or 0)
    if tonumber(at) <= now() - keepMs then
      forget(oldest, ownerOf(oldest))
    elseif count > keepJobs then
      forget(leastMissed(endedCountOf, justEnded))
    elseif bytes > keepBytes and count > 1 then
      forget(leastMissed(endedBytesOf, justEnded))
    else
      return
    end
  end
end
`;
