import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import { redisScript } from '#lib/redis-script';
import { type NewInvocation, recordFields, textFields } from './invocation-entries.ts';

/** How many records a function has, and how many of the newest have their texts. */
export const MAX_INVOCATIONS = 1_000;
export const MAX_WITH_TEXTS = 200;

/** Written by one command; their texts may be half a MiB each. */
const BATCH = 50;

/**
 * A record without a history entry has an id that was only guessed, and a clock may have been put back: where Redis does
 * not take an id it gives one itself.
 */
const SCRIPT = `
local function take(at)
  local values = {}
  for i = 1, tonumber(ARGV[at]) do values[i] = ARGV[at + i] end
  return values, at + 1 + #values
end
-- Those of a function that somebody else runs now, or that has been deleted, are nobody's.
if redis.call('GET', KEYS[3]) ~= ARGV[4] then return end
local at = 5
while at <= #ARGV do
  local id, fields, texts = ARGV[at], nil, nil
  fields, at = take(at + 1)
  texts, at = take(at)
  local added = redis.pcall('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], id, unpack(fields))
  if type(added) == 'table' then
    added = redis.call('XADD', KEYS[1], 'MAXLEN', '=', ARGV[2], '*', unpack(fields))
  end
  if #texts > 0 then redis.call('XADD', KEYS[2], 'MAXLEN', '=', ARGV[3], added, unpack(texts)) end
end
for i = 1, 2 do redis.call('PEXPIRE', KEYS[i], ARGV[1]) end
`;

const append = redisScript('vigiaKeepInvocations', SCRIPT);

/** Appends the records of invocations, oldest first, under the lease of whoever ran them. */
export async function keepInvocations(
  ctx: Context,
  name: string,
  lease: string,
  records: readonly NewInvocation[],
): Promise<void> {
  const { redis, keys } = ctx;
  for (let from = 0; from < records.length; from += BATCH) {
    const entries = records.slice(from, from + BATCH).flatMap((record) => {
      const [fields, texts] = [recordFields(record), textFields(record)];
      return [record.id, fields.length, ...fields, texts.length, ...texts];
    });
    const bounds = [lifetimes.function, MAX_INVOCATIONS, MAX_WITH_TEXTS, lease];
    const touched = [keys.invocations(name), keys.invocationTexts(name), keys.lease(name)];
    await append(redis, touched, [...bounds, ...entries]);
  }
}
