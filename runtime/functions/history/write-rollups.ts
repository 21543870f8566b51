import { hash } from 'node:crypto';
import type { Context } from '#lib/context';
import { NO_NAMES, type RolledTier } from '#lib/functions/history-tiers';
import { lifetimes } from '#lib/keys';
import type { Rollup } from '#lib/series/rollup';
import { encodeRollup } from '#lib/series/rollup-codec';

/**
 * Appends buckets under their own start as id. Redis takes each id once and in order only, so a bucket that is there
 * already, from before a restart or from another runtime, stays as it is. Names come first: no entry is without its own.
 */
const SCRIPT = `
-- The history of a function that has been deleted meanwhile is nobody's.
if redis.call('EXISTS', KEYS[3]) == 0 then return end
for i = 2, #ARGV, 4 do
  local start, names, bytes, failures = ARGV[i], ARGV[i + 1], ARGV[i + 2], ARGV[i + 3]
  if names ~= '' then redis.call('ZADD', KEYS[2], 'GT', start, names) end
  local fields = { 'r', bytes }
  if failures ~= '' then fields = { 'r', bytes, 'e', failures } end
  local added = redis.pcall('XADD', KEYS[1], start .. '-0', unpack(fields))
  if type(added) == 'table' and added.err and not string.find(added.err, 'equal or smaller', 1, true) then
    return added
  end
end
for i = 1, 2 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
`;

/** Buckets in the order of their times, at most a few hundred. */
export async function writeRollups(
  ctx: Context,
  name: string,
  tier: RolledTier,
  buckets: readonly Rollup[],
): Promise<void> {
  const { redis, keys } = ctx;
  const rows = buckets.flatMap(({ names, failures, ...bucket }) => {
    const list = JSON.stringify(names);
    const id = names.length === 0 ? NO_NAMES : hash('sha1', list).slice(0, 10);
    return [
      bucket.start,
      names.length === 0 ? '' : `${id} ${list}`,
      encodeRollup(bucket, id),
      failures === null ? '' : JSON.stringify(failures),
    ];
  });
  const targets = [keys.historyTier(name, tier.name), keys.tierSeries(name, tier.name), keys.record(name)];
  await redis.eval(SCRIPT, targets.length, ...targets, lifetimes.function, ...rows);
}
