import * as z from 'zod';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { redisScript } from '#lib/redis-script';
import { notFound } from './records.ts';

/** Who runs a function at this moment. */
const holder = z.object({
  /** One run of one function in one process: never used again. */
  instance: z.string(),
  host: z.string(),
  pid: z.number(),
  /** Where that process id means something: one boot of one machine, one namespace of processes. */
  place: z.string(),
});
export type Holder = z.infer<typeof holder>;

/**
 * A lease is held as long as its key says so word for word: `<token> <holder>`. The token grows whenever the function goes
 * to somebody else, and every write of an invocation checks the whole text, so that one who has lost the lease without
 * knowing writes nothing (M. Kleppmann, "How to do distributed locking", 2016: fencing tokens).
 *
 * One who held it last, and in whose absence nobody else has, gets it back under the same token: nothing has been missed.
 *
 * A Redis that stood still runs what nobody waits for any more, so a holder may have a lease that it was not told of. Nothing
 * has been written under it: the holder has it as it is, and learns its token from the next answer. That tries come late, or
 * twice, therefore changes nothing for one who holds the lease.
 */
const ACQUIRE = `
local lease, fence, record, revision = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local holder, last, evict, lifetime = ARGV[1], tonumber(ARGV[2]), ARGV[3], ARGV[4]
if redis.call('EXISTS', record) == 0 and redis.call('EXISTS', revision) == 1 then return 0 end
local now = redis.call('GET', lease)
local held, by = string.match(now or '', '^(%d+) (.*)$')
if by == holder then
  redis.call('PEXPIRE', lease, lifetime)
  return tonumber(held)
end
if now and now ~= evict then return now end
local newest = tonumber(redis.call('GET', fence) or last)
local token = newest
if last == 0 or newest ~= last then token = newest + 1 end
redis.call('SET', fence, token)
redis.call('SET', lease, token .. ' ' .. holder, 'PX', lifetime)
return token
`;

const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('PUBLISH', ARGV[2], ARGV[3])
return 1
`;

const acquire = redisScript('vigiaAcquireLease', ACQUIRE);

export type Lease = { token: number; text: string };

/**
 * Takes or renews the lease of a function; returns who else holds it, when somebody does. `not_found` when there is no such
 * function: one that has been deleted must not come back by a write that is late. A Redis that has come back empty is not
 * meant: there, whoever declared the function does so again.
 */
export async function acquireLease(
  { redis, keys }: Context,
  name: string,
  self: Holder,
  { last, evict }: { last: number; evict?: string },
): Promise<{ lease: Lease } | { heldBy: string }> {
  const me = JSON.stringify(self);
  const args = [me, last, evict ?? '', lifetimes.lease];
  const touched = [keys.lease(name), keys.fence(name), keys.record(name), keys.revision];
  const answer = await acquire(redis, touched, args);
  if (typeof answer === 'string') return { heldBy: answer };
  const token = Number(answer);
  if (token === 0) throw notFound(name);
  return { lease: { token, text: `${token} ${me}` } };
}

/** Lets the function go at once, and tells other runtimes that it is free. */
export async function releaseLease({ redis, keys }: Context, name: string, { text }: Lease): Promise<void> {
  await redis.eval(RELEASE, 1, keys.lease(name), text, keys.registryChanged, name);
}

/** Null for a text that is not one of ours. */
export function parseHolder(text: string): Holder | null {
  try {
    return holder.parse(JSON.parse(text.slice(text.indexOf(' ') + 1)));
  } catch {
    return null;
  }
}
