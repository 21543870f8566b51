import type { Context } from '#lib/context';
import { lifetimes, liveMessage } from '#lib/keys';
import type { FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';

/** What becomes of the stored snapshot of `env`. */
const env = { keep: 'k', drop: 'd', set: 's' } as const;

/**
 * All that one invocation writes, as one atomic step: output key, state, env, history entry and live event. A script and
 * not MULTI, because the live event carries the id that the stream gives its entry.
 */
const SCRIPT = `
local history, state, output, functions, env = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local name, channel, stateJson, announce, lifetime = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local live, result, failure = ARGV[6], ARGV[7], ARGV[8]
local maxEntries, maxAge = ARGV[9], tonumber(ARGV[10])

redis.call('SET', state, stateJson, 'PX', lifetime)
redis.call('SADD', functions, name)
if ARGV[15] == '${env.keep}' then redis.call('PEXPIRE', env, lifetime)
elseif ARGV[15] == '${env.drop}' then redis.call('DEL', env)
else redis.call('SET', env, ARGV[16], 'PX', lifetime) end
if announce == '1' then redis.call('PUBLISH', channel, '${liveMessage.state}\\n' .. stateJson) end
if live == '' then return '' end

local field, text = 'e', failure
if result ~= '' then
  field, text = 'r', result
  redis.call('SET', output, result)
end
local id = redis.call('XADD', history, 'MAXLEN', '~', maxEntries, '*',
  'i', ARGV[11], 'd', ARGV[12], 'l', ARGV[13], 'v', ARGV[14], field, text)
local ms = tonumber(string.match(id, '^%d+'))
redis.call('XTRIM', history, 'MINID', '~', string.format('%.0f', ms - maxAge))
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
  /** The new snapshot of `env`, '' for none; absent when the stored one stays. */
  env?: string;
};

/** Returns the id of the history entry, or '' when there was none. */
export async function recordInvocation(ctx: Context, recording: Recording): Promise<string> {
  const { keys, redis, config } = ctx;
  const { state, announce, entry, env: snapshot } = recording;
  if (!('vigiaRecord' in redis)) redis.defineCommand('vigiaRecord', { lua: SCRIPT });
  // defineCommand adds the method at run time, where the client's type cannot see it.
  const scripting = redis as unknown as ScriptingRedis;
  return await scripting.vigiaRecord(
    5,
    keys.history(state.name),
    keys.functionState(state.name),
    state.outputKey,
    keys.functions,
    keys.functionEnv(state.name),
    state.name,
    keys.live(state.name),
    JSON.stringify(state),
    announce ? '1' : '0',
    lifetimes.function,
    entry === undefined ? '' : JSON.stringify(entry),
    entry?.result ?? '',
    entry?.failure === undefined ? '' : JSON.stringify(entry.failure),
    config.history.maxEntries,
    config.history.maxAgeMs,
    entry?.inputAt ?? 0,
    entry?.tookMs ?? 0,
    entry?.lagMs ?? 0,
    entry?.version ?? '',
    snapshot === undefined ? env.keep : snapshot === '' ? env.drop : env.set,
    snapshot ?? '',
  );
}
