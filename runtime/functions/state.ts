import { neverRun } from '#lib/functions/state-of';
import type { Failure, FunctionState, FunctionStatus } from '#lib/schemas/function';
import type { FunctionRecord } from '#lib/schemas/record';
import type { Code } from './code/code.ts';
import type { Wanted } from './wanted.ts';

/** The spacings between changes of the input that are remembered, to know when the data is stale. */
const SPACINGS = 5;

/** The state of a function that starts now; what is known of its input and its code survives a restart of the runtime. */
export function initialState(record: FunctionRecord, previous: FunctionState | null, now: number): FunctionState {
  const fresh = neverRun(record);
  if (previous === null) return { ...fresh, since: now };
  const { language, source, version, versionNumber, envEpoch, lastTickAt, lastExecutionAt } = previous;
  return {
    ...fresh,
    ...{ language, source, version, versionNumber, envEpoch, lastTickAt, lastExecutionAt },
    since: now,
    lastDueAt: lastDueOf(previous, fresh),
    input: inputOf(previous, fresh.inputKey),
  };
}

/** The settings of a new revision are in force from here on. */
export function withSettings(state: FunctionState, { revision, settings }: Wanted): FunctionState {
  const { enabled: _enabled, ...rest } = settings;
  return {
    ...state,
    ...rest,
    revision,
    lastDueAt: lastDueOf(state, settings),
    input: inputOf(state, settings.inputKey),
  };
}

/** The code that is at work, or that should be and does not load. */
export function withCode(state: FunctionState, { language, source, version }: Code): FunctionState {
  const ticks = version === state.version ? state.ticks : { ...state.ticks, done: 0, failed: 0 };
  return { ...state, language, source, version, ticks };
}

/** What is known of an input key says nothing of another one. */
function inputOf({ inputKey, input }: FunctionState, key: string): FunctionState['input'] {
  return inputKey === key
    ? { ...input, problem: null }
    : { changedAt: null, everyMs: null, digest: null, problem: null };
}

/** The rhythm ends where another one begins. */
function lastDueOf(state: FunctionState, { invoke, periodMs }: Pick<FunctionState, 'invoke' | 'periodMs'>) {
  return invoke === 'tick' && state.invoke === 'tick' && periodMs === state.periodMs ? state.lastDueAt : null;
}

/** Is called no more, and owes nothing when it is again. */
export function afterDisabling(state: FunctionState, now: number): FunctionState {
  return { ...withStatus(state, 'disabled', now), retryAt: null, lastDueAt: null };
}

function withStatus(state: FunctionState, status: FunctionStatus, now: number): FunctionState {
  return state.status === status ? state : { ...state, status, since: now };
}

/** The tick did nothing, because its input is missing or cannot be used. */
export function afterUnusableInput(state: FunctionState, problem: string | null, now: number): FunctionState {
  return { ...withStatus(state, 'waiting', now), input: { ...state.input, problem }, lastTickAt: now, lastDueAt: null };
}

export function afterSuccess(state: FunctionState, lastDueAt: number, now: number): FunctionState {
  return {
    ...withStatus(state, 'running', now),
    ticks: { ...state.ticks, done: state.ticks.done + 1 },
    lastTickAt: now,
    lastDueAt,
    lastExecutionAt: now,
    input: { ...state.input, problem: null },
    failure: null,
    failedInARow: 0,
    retryAt: null,
  };
}

export function afterFailure(state: FunctionState, failure: Failure, lastDueAt: number, now: number): FunctionState {
  return {
    ...withStatus(state, isCrash(failure) ? 'crashing' : 'failing', now),
    ticks: { ...state.ticks, done: state.ticks.done + 1, failed: state.ticks.failed + 1 },
    lastTickAt: now,
    lastDueAt,
    lastExecutionAt: now,
    input: { ...state.input, problem: null },
    failure,
    failedInARow: state.failedInARow + 1,
  };
}

/** The host is down until `retryAt`. */
export function afterCrash(state: FunctionState, failure: Failure, retryAt: number, now: number): FunctionState {
  return { ...withStatus(state, 'crashing', now), failure, retryAt, lastDueAt: null };
}

/** Remembers when the input last changed, and how far apart its changes are. */
export class InputWatch {
  #last: Buffer | null = null;
  /** By the monotonic clock: a jump of the wall clock is no pause of the input. Null until it has changed under our eyes. */
  #changedAt: number | null = null;
  #spacings: number[] = [];

  /** Returns the state's new view of its input, or the old one when the text is the same. */
  see(
    input: FunctionState['input'],
    text: Buffer,
    digest: (text: Buffer) => string,
    now: number,
  ): FunctionState['input'] {
    if (this.#last?.equals(text)) return input;
    this.#last = text;
    const seen = digest(text);
    if (seen === input.digest) return input;
    const spacing = this.#spacing(input.changedAt, now);
    if (spacing !== null) this.#spacings = [...this.#spacings, spacing].slice(-SPACINGS);
    return {
      ...input,
      changedAt: now,
      digest: seen,
      everyMs: this.#spacings.length === 0 ? null : Math.max(...this.#spacings),
    };
  }

  /** Of a change before this process began only the wall clock tells. */
  #spacing(before: number | null, now: number): number | null {
    const changedAt = this.#changedAt;
    this.#changedAt = performance.now();
    if (changedAt !== null) return Math.round(this.#changedAt - changedAt);
    return before === null || before > now ? null : now - before;
  }
}

function isCrash({ kind }: Failure): boolean {
  return kind === 'init' || kind === 'timeout' || kind === 'exit';
}
