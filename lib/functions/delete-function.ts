import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { codeKeysOf, keysOfFunction } from './function-keys.ts';
import { checkRevision, notFound, parseRecord } from './records.ts';

/**
 * Takes everything at once, so that no runtime can write in between: without its lease, none writes afterwards. 0 stands
 * for a function that has been changed or has got another version since, -1 for one that a runtime declares.
 */
const SCRIPT = `
local record, registry, declarer, versions = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local before, name, channel, newest = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('GET', record) ~= before or (redis.call('HGET', versions, 'last') or '') ~= newest then return 0 end
if redis.call('EXISTS', declarer) == 1 then return -1 end
redis.call('HDEL', registry, name)
redis.call('UNLINK', record)
for i = 3, #KEYS do redis.call('UNLINK', KEYS[i]) end
redis.call('PUBLISH', channel, name)
return 1
`;

/**
 * Deletes a function with its code, state and history. The newest value of its output key stays: it is the users'. One that
 * a running deployment declares cannot be deleted, because that would declare it again.
 */
export async function deleteFunction(
  ctx: Context,
  caller: Caller | null,
  { name, revision }: { name: string; revision?: number | undefined },
): Promise<void> {
  asAdmin(caller);
  const { redis, keys } = ctx;
  for (;;) {
    const [text, last] = await withRedis(() =>
      Promise.all([redis.get(keys.record(name)), redis.hget(keys.versions(name), 'last')]),
    );
    if (text === null) throw notFound(name);
    const record = parseRecord(text);
    checkRevision(record, revision);
    const codes = await withRedis(() => codeKeysOf(ctx, name));
    const touched = [keys.record(name), keys.registry, keys.declarer(name), keys.versions(name)];
    const all = [...touched, ...keysOfFunction(ctx, name), ...codes];
    const args = [text, name, keys.registryChanged, last ?? ''];
    const done = await withRedis(() => redis.eval(SCRIPT, all.length, ...all, ...args));
    if (done === -1)
      throw new VigiaError('in_use', `${name} is declared by the environment of a runtime: disable it, or change that`);
    if (done === 1) return;
  }
}
