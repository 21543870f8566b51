import type { Context } from '#lib/context';
import { lifetimes, liveMessage } from '#lib/keys';
import { redisScript } from '#lib/redis-script';
import type { FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';

/** What becomes of the stored snapshot of `env`. */
const env = { keep: 'k', drop: 'd', set: 's' } as const;

/** Starts the error of a write by one who does not hold the function's lease. */
const FENCED = 'FENCED somebody else runs this function';

/**
 * All that one invocation writes, as one atomic step: output key, state, env, history entry and live event. A script and
 * not MULTI, because the live event carries the id that the stream gives its entry. Each call inside costs about as much as
 * a command, so what need not happen at each invocation happens now and then. Old entries are not dropped here but when
 * they have been rolled up.
 */
const SCRIPT = `
local history, state, output, lease, env = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local held, channel, stateJson, announce = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
if redis.call('GET', lease) ~= held then return redis.error_reply('${FENCED}') end
local live, result, tidy = ARGV[5], ARGV[6], ARGV[7]

redis.call('SET', state, stateJson, 'PX', ${lifetimes.function})
if ARGV[14] == '${env.set}' then redis.call('SET', env, ARGV[15], 'PX', ${lifetimes.function})
elseif ARGV[14] == '${env.drop}' then redis.call('DEL', env)
elseif tidy == '1' then redis.call('PEXPIRE', env, ${lifetimes.function}) end
if announce == '1' then redis.call('PUBLISH', channel, '${liveMessage.state}\\n' .. stateJson) end
if live == '' then return '' end

local field, text = 'e', ARGV[8]
if result ~= '' then
  field, text = 'r', result
  redis.call('SET', output, result)
end
local id = redis.call('XADD', history, 'MAXLEN', '~', ARGV[9], '*',
  'i', ARGV[10], 'd', ARGV[11], 'l', ARGV[12], 'v', ARGV[13], field, text)
if tidy == '1' then redis.call('PEXPIRE', history, ${lifetimes.function}) end
redis.call('PUBLISH', channel, '${liveMessage.result} ' .. id .. '\\n' .. live)
return id
`;

/** Old entries go, and lifetimes are renewed, at least once in this time or in this many invocations. */
const TIDY_MS = 60_000;
const TIDY_INVOCATIONS = 20;

function isTidyTime({ periodMs, ticks }: FunctionState): boolean {
  const every = Math.max(1, Math.min(TIDY_INVOCATIONS, Math.floor(TIDY_MS / periodMs)));
  return ticks.done % every === 1 % every;
}

const record = redisScript('vigiaRecord', SCRIPT);

export type Recording = {
  state: FunctionState;
  /** The text of the lease under which it is written. */
  lease: string;
  /** Tell viewers that the state is another one. */
  announce: boolean;
  /** Absent when the tick produced nothing to keep: no usable input, or a falsy result. */
  entry?: LiveEntry;
  /** The new snapshot of `env`, '' for none; absent when the stored one stays. */
  env?: string;
};

/** Returns the id of the history entry, or '' when there was none; see {@link isFenced}. */
export async function recordInvocation(ctx: Context, recording: Recording): Promise<string> {
  const { keys, redis, config } = ctx;
  const { state, lease, announce, entry, env: snapshot } = recording;
  const tidy = announce || isTidyTime(state);
  const touched = [
    keys.history(state.name),
    keys.functionState(state.name),
    state.outputKey,
    keys.lease(state.name),
    keys.functionEnv(state.name),
  ];
  const id = await record(redis, touched, [
    lease,
    keys.live(state.name),
    JSON.stringify(state),
    announce ? '1' : '0',
    entry === undefined ? '' : JSON.stringify(entry),
    entry?.result ?? '',
    tidy ? '1' : '0',
    entry?.failure === undefined ? '' : JSON.stringify(entry.failure),
    config.history.maxEntries,
    entry?.inputAt ?? 0,
    entry?.tookMs ?? 0,
    entry?.lagMs ?? 0,
    entry?.version ?? '',
    snapshot === undefined ? env.keep : snapshot === '' ? env.drop : env.set,
    snapshot ?? '',
  ]);
  return String(id);
}

/** Whether a write was refused because the lease is not, or no longer, the writer's. */
export function isFenced(thrown: unknown): boolean {
  return thrown instanceof Error && thrown.message.includes(FENCED);
}
