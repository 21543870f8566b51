import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { redisScript } from '#lib/redis-script';
import type { RoleProcess } from '#lib/schemas/role';

/** By Redis' clock: machines may differ. Most of the time only that is written: each write may be one to a disk. */
const SAY = `
local said, seen = KEYS[1], KEYS[2]
local instance, text, remembered = ARGV[1], ARGV[2], tonumber(ARGV[3])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if redis.call('HGET', said, instance) ~= text then redis.call('HSET', said, instance, text) end
redis.call('ZADD', seen, now, instance)
for _, old in ipairs(redis.call('ZRANGEBYSCORE', seen, '-inf', now - remembered)) do
  redis.call('HDEL', said, old)
  redis.call('ZREM', seen, old)
end
for _, key in ipairs(KEYS) do
  if redis.call('PTTL', key) < remembered then redis.call('PEXPIRE', key, 2 * remembered) end
end
`;

const say = redisScript('vigiaSayAlive', SAY);

/** Says that a process plays its role. */
export async function sayAlive({ redis, keys }: Context, self: RoleProcess): Promise<void> {
  const { said, seen } = keys.processes;
  await say(redis, [said, seen], [self.instance, JSON.stringify(self), lifetimes.goneProcess]);
}

/** Says that it does so no more. */
export async function sayGoodbye({ redis, keys }: Pick<Context, 'redis' | 'keys'>, instance: string): Promise<void> {
  await redis.multi().hdel(keys.processes.said, instance).zrem(keys.processes.seen, instance).exec();
}
