import type { FunctionState } from '#lib/schemas/function';
import type { StaleCause, Status } from '#lib/schemas/overview';

export type Facts = {
  now: number;
  state: FunctionState | null;
  runtimeAlive: boolean;
  /** When the newest invocation was written, good or failed. */
  newestAt: number | null;
  /** When the input of the newest good one was last seen to change: the age of the data. */
  inputAt: number | null;
};

/**
 * How old the data may be. A function goes on being called while its input stays the same, so what counts is how often
 * the input changes, and never less than three periods.
 */
export function freshFor(state: FunctionState): number {
  return Math.max(3 * state.periodMs, 2.5 * (state.input.everyMs ?? 0), 3_000);
}

export function statusOf({ now, state, runtimeAlive, newestAt, inputAt }: Facts): Status {
  if (state === null) return 'connecting';
  const { status } = state;
  if (status === 'disabled') return status;
  if (runtimeAlive && (status === 'crashing' || status === 'starting')) return status;
  if (newestAt === null) return status === 'failing' || status === 'crashing' ? status : 'waiting';
  const limit = freshFor(state);
  if (now - newestAt > limit) return 'stale';
  if (status === 'failing' || status === 'crashing') return status;
  if (inputAt === null) return 'failing';
  return now - inputAt > limit ? 'stale' : 'live';
}

/** Why the data of a stale function is old: what is known of its runtime comes before what may be wrong with its input. */
export function staleCause({ now, state, runtimeAlive, newestAt }: Facts): StaleCause {
  if (!runtimeAlive) return 'nothing-runs';
  // One that is called on every tick and is not being called has seen nothing of its input.
  const isCalled = newestAt !== null && state !== null && now - newestAt <= freshFor(state);
  return isCalled || state?.invoke === 'change' || state?.status === 'waiting' ? 'unchanged' : 'no-result';
}
