import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { rolledTierName } from '#lib/schemas/history';
import { readRecord } from './records.ts';

/** Takes everything at once, so that no runtime can write in between: without its lease, none writes afterwards. */
const SCRIPT = `
local record, registry = KEYS[1], KEYS[2]
if (redis.call('GET', record) or '') ~= ARGV[1] then return 0 end
redis.call('HDEL', registry, ARGV[2])
for i, key in ipairs(KEYS) do
  if i ~= 2 then redis.call('UNLINK', key) end
end
redis.call('PUBLISH', ARGV[3], ARGV[2])
return 1
`;

/** Deletes a function with its code, state and history. The newest value of its output key stays: it is the users'. */
export async function deleteFunction(
  ctx: Context,
  caller: Caller | null,
  { name, revision }: { name: string; revision?: number | undefined },
): Promise<void> {
  asAdmin(caller);
  const { redis, keys } = ctx;
  for (;;) {
    const record = await readRecord(ctx, name);
    if (revision !== undefined && record.revision !== revision)
      throw new VigiaError('conflict', `${name} has been changed since: it is at revision ${record.revision}`, {
        current: record,
      });
    const [text, running, codes] = await withRedis(() =>
      Promise.all([redis.get(keys.record(name)), redis.exists(keys.lease(name)), codeKeys(ctx, name)]),
    );
    if (record.deployment !== null && running === 1)
      throw new VigiaError('in_use', `${name} is declared by the environment of a runtime: disable it, or change that`);
    const all = [keys.record(name), keys.registry, ...keysOf(ctx, name), ...codes];
    const args = [text ?? '', name, keys.registryChanged];
    if ((await withRedis(() => redis.eval(SCRIPT, all.length, ...all, ...args))) === 1) return;
  }
}

async function codeKeys({ redis, keys }: Context, name: string): Promise<string[]> {
  const versions = await redis.hgetall(keys.versions(name));
  return Object.entries(versions)
    .filter(([number]) => number !== 'last')
    .map(([, text]) => keys.code(name, String(JSON.parse(text).sha256)));
}

/** Every key of one function, whatever its record and its code are. */
function keysOf({ keys }: Context, name: string): string[] {
  return [
    keys.functionState(name),
    keys.functionEnv(name),
    keys.lease(name),
    keys.fence(name),
    keys.versions(name),
    keys.versionsByContent(name),
    keys.versionOutcomes(name),
    keys.history(name),
    ...rolledTierName.options.flatMap((tier) => [keys.historyTier(name, tier), keys.tierSeries(name, tier)]),
    keys.invocations(name),
    keys.invocationTexts(name),
  ];
}
