import type { Context } from '#lib/context';
import { lifetimes, liveMessage } from '#lib/keys';
import type { FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';

/**
 * All that one invocation writes, as one atomic step: output key, state, history entry and live event. A script and not
 * MULTI, because the live event carries the id that the stream gives its entry. Old entries are not dropped here but when
 * they have been rolled up.
 */
const SCRIPT = `
local history, state, output, functions = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local name, channel, stateJson, announce, lifetime = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local live, result, failure = ARGV[6], ARGV[7], ARGV[8]
local maxEntries = ARGV[9]

redis.call('SET', state, stateJson, 'PX', lifetime)
redis.call('SADD', functions, name)
if announce == '1' then redis.call('PUBLISH', channel, '${liveMessage.state}\\n' .. stateJson) end
if live == '' then return '' end

local field, text = 'e', failure
if result ~= '' then
  field, text = 'r', result
  redis.call('SET', output, result)
end
local id = redis.call('XADD', history, 'MAXLEN', '~', maxEntries, '*',
  'i', ARGV[10], 'd', ARGV[11], 'l', ARGV[12], 'v', ARGV[13], field, text)
redis.call('PEXPIRE', history, lifetime)
redis.call('PUBLISH', channel, '${liveMessage.result} ' .. id .. '\\n' .. live)
return id
`;

type ScriptingRedis = { vigiaRecord(keys: number, ...args: (string | number)[]): Promise<string> };

export type Recording = {
  state: FunctionState;
  /** Tell viewers that the state is another one. */
  announce: boolean;
  /** Absent when the tick produced nothing to keep: no usable input, or a falsy result. */
  entry?: LiveEntry;
};

/** Returns the id of the history entry, or '' when there was none. */
export async function recordInvocation(ctx: Context, { state, announce, entry }: Recording): Promise<string> {
  const { keys, redis, config } = ctx;
  if (!('vigiaRecord' in redis)) redis.defineCommand('vigiaRecord', { lua: SCRIPT });
  // defineCommand adds the method at run time, where the client's type cannot see it.
  const scripting = redis as unknown as ScriptingRedis;
  return await scripting.vigiaRecord(
    4,
    keys.history(state.name),
    keys.functionState(state.name),
    state.outputKey,
    keys.functions,
    state.name,
    keys.live(state.name),
    JSON.stringify(state),
    announce ? '1' : '0',
    lifetimes.function,
    entry === undefined ? '' : JSON.stringify(entry),
    entry?.result ?? '',
    entry?.failure === undefined ? '' : JSON.stringify(entry.failure),
    config.history.maxEntries,
    entry?.inputAt ?? 0,
    entry?.tookMs ?? 0,
    entry?.lagMs ?? 0,
    entry?.version ?? '',
  );
}
