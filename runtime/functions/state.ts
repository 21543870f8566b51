import type { Failure, FunctionState, FunctionStatus } from '#lib/schemas/function';
import type { Definition } from './definition.ts';

/** The spacings between changes of the input that are remembered, to know when the data is stale. */
const SPACINGS = 5;

/** The state of a function that starts now; what is known of its input survives a restart of the runtime. */
export function initialState(definition: Definition, previous: FunctionState | null, now: number): FunctionState {
  const { path: _path, imports: _imports, isolation: _isolation, ...settings } = definition;
  const sameInput = previous !== null && previous.inputKey === definition.inputKey;
  return {
    ...settings,
    status: 'starting',
    since: now,
    ticks: { done: 0, failed: 0, late: 0 },
    lastTickAt: previous?.lastTickAt ?? null,
    input: sameInput
      ? { ...previous.input, problem: null }
      : { changedAt: null, everyMs: null, digest: null, problem: null },
    failure: null,
    failedInARow: 0,
    retryAt: null,
    notSaved: [],
  };
}

export function withStatus(state: FunctionState, status: FunctionStatus, now: number): FunctionState {
  return state.status === status ? state : { ...state, status, since: now };
}

/** The tick did nothing, because its input is missing or cannot be used. */
export function afterUnusableInput(state: FunctionState, problem: string | null, now: number): FunctionState {
  return { ...withStatus(state, 'waiting', now), input: { ...state.input, problem }, lastTickAt: now };
}

export function afterSuccess(state: FunctionState, now: number): FunctionState {
  return {
    ...withStatus(state, 'running', now),
    ticks: { ...state.ticks, done: state.ticks.done + 1 },
    lastTickAt: now,
    input: { ...state.input, problem: null },
    failure: null,
    failedInARow: 0,
    retryAt: null,
  };
}

export function afterFailure(state: FunctionState, failure: Failure, now: number): FunctionState {
  return {
    ...withStatus(state, isCrash(failure) ? 'crashing' : 'failing', now),
    ticks: { ...state.ticks, done: state.ticks.done + 1, failed: state.ticks.failed + 1 },
    lastTickAt: now,
    input: { ...state.input, problem: null },
    failure,
    failedInARow: state.failedInARow + 1,
  };
}

/** The host is down until `retryAt`. */
export function afterCrash(state: FunctionState, failure: Failure, retryAt: number, now: number): FunctionState {
  return { ...withStatus(state, 'crashing', now), failure, retryAt };
}

/** Remembers when the input last changed, and how far apart its changes are. */
export class InputWatch {
  #last: Buffer | null = null;
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
    if (input.changedAt !== null) this.#spacings = [...this.#spacings, now - input.changedAt].slice(-SPACINGS);
    return {
      ...input,
      changedAt: now,
      digest: seen,
      everyMs: this.#spacings.length === 0 ? null : Math.max(...this.#spacings),
    };
  }
}

function isCrash({ kind }: Failure): boolean {
  return kind === 'init' || kind === 'timeout' || kind === 'exit';
}
