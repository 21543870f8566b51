import type { Context } from '#lib/context';
import { redisScript } from '#lib/redis-script';

/**
 * Of several machines one writes the key that they share: whoever has it keeps it for as long as its state says that it is
 * there. Samples of different machines in turn would be a machine that there is not.
 */
const WRITE = `
local key, state = KEYS[1], KEYS[2]
local text, own, host, lifetime, channel = unpack(ARGV)
local held = redis.call('GET', state)
if held and cjson.decode(held).host ~= host then return 0 end
redis.call('SET', key, text)
redis.call('SET', state, own, 'PX', lifetime)
redis.call('PUBLISH', channel, key)
return 1
`;

const RELEASE = `
local held = redis.call('GET', KEYS[1])
if held and cjson.decode(held).host == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;

const write = redisScript('vigiaWriteSharedSample', WRITE);
const release = redisScript('vigiaReleaseSharedKey', RELEASE);

type Sample = { text: string; state: { host: string }; lifetimeMs: number };

export async function writeSharedKey({ config, redis, keys }: Context, { text, state, lifetimeMs }: Sample) {
  const { key } = config.collector;
  const args = [text, JSON.stringify({ ...state, key }), state.host, lifetimeMs, keys.inputWritten];
  await write(redis, [key, keys.collector(key)], args);
}

/** Leaves the key to another machine at once, instead of when our state has run out. */
export async function releaseSharedKey({ config, redis, keys }: Context): Promise<void> {
  const { key, node } = config.collector;
  if (node !== undefined) await release(redis, [keys.collector(key)], [node]);
}
