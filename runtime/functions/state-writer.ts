import type { Context } from '#lib/context';
import { isFenced, type Recording, recordInvocation } from '#lib/functions/record-invocation';
import type { FunctionState } from '#lib/schemas/function';
import type { LiveEntry } from '#lib/schemas/history';
import type { EnvStore } from './env-store.ts';
import type { LeaseKeeper } from './lease-keeper.ts';

/** Writes the state of a function in one step with its history entry and `env`, under its lease, and has viewers told of news. */
export class StateWriter {
  readonly #ctx: Context;
  readonly #lease: LeaseKeeper;
  readonly #env: EnvStore;
  /** What viewers were last told. */
  #announced = '';

  constructor(ctx: Context, lease: LeaseKeeper, env: EnvStore) {
    this.#ctx = ctx;
    this.#lease = lease;
    this.#env = env;
  }

  /** Somebody else has told viewers other things since. */
  forget(): void {
    this.#announced = '';
  }

  /** Whether viewers must be told of this state. */
  isNews(state: FunctionState): boolean {
    return faceOf(state) !== this.#announced;
  }

  /** Returns the id of the history entry, '' when there is none; null when it is not ours to write. */
  async write(state: FunctionState, entry?: LiveEntry): Promise<string | null> {
    const face = faceOf(state);
    const env = this.#env.unwritten;
    const id = await this.#underLease({ state, announce: face !== this.#announced, entry, env });
    if (id === null) return null;
    this.#env.written(env);
    this.#announced = face;
    return id;
  }

  /** A lease that ran out while Redis was away, and that nobody else has had since, is taken again. */
  async #underLease(recording: Omit<Recording, 'lease'>): Promise<string | null> {
    const { text } = this.#lease;
    if (text === null) return null;
    try {
      return await recordInvocation(this.#ctx, { ...recording, lease: text });
    } catch (error) {
      if (!isFenced(error)) throw error;
      if (!(await this.#lease.claim()) || this.#lease.text !== text) return null;
      return await recordInvocation(this.#ctx, { ...recording, lease: text });
    }
  }
}

/** What viewers must be told of when it changes; the rest of a state reaches them with each result. */
function faceOf(state: FunctionState): string {
  const { status, since, failure, retryAt, input, notSaved, rejected, revision, version } = state;
  // The spacing of the input is never quite the same; only another order of it is news.
  const spacing = input.everyMs === null ? null : Math.round(Math.log2(input.everyMs + 1) * 2);
  const ofFailures = [failure?.message, retryAt, rejected?.version, rejected?.failure.message];
  return JSON.stringify([status, since, ofFailures, input.problem, spacing, notSaved, revision, version]);
}
