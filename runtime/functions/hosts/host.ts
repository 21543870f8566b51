import type { Failure, Language } from '#lib/schemas/function';
import type { HostContext, PythonImports, Snapshot } from './protocol.ts';

/**
 * How one invocation ended. `nothing`: a falsy result, which is not written. A good one brings a snapshot of `env` when
 * that differs from the last one. `unserved`: the host ended on account of another function before this invocation did,
 * mostly before it began; it can be run again.
 */
export type Outcome =
  | { kind: 'result'; text: string; snapshot?: Snapshot }
  | { kind: 'nothing'; snapshot?: Snapshot }
  | { kind: 'failed'; failure: Failure }
  | { kind: 'unserved' };

export type Served = Exclude<Outcome, { kind: 'unserved' }>;

/**
 * How a host ended, as one line ("exited with code 3"). `innocent`: on account of another function that shared its
 * process.
 */
export type End = { how: string; innocent: boolean };

/**
 * A place where one version of one function lives, with its `env`. One contract suite runs against every kind of it.
 * After a failure of kind `timeout` or `exit` the host is gone; after the others it lives on. Every timeout counts from
 * the moment when it is this function's turn among those that share its process.
 */
export interface Host {
  /**
   * Imports the code; null when it is ready to be called. Loading that fails leaves nothing running.
   */
  load(timeoutMs: number): Promise<Failure | null>;
  /**
   * Gives the loaded code the `env` of an earlier snapshot, and in `context.last_execution` when that was last executed (ms
   * since the epoch), so that it does not take its next call for its first. '' is no snapshot. One that is of no use is said in
   * the log; `env` then starts empty, and the next call is the first. A host that does not answer in time is ended.
   */
  restore(snapshot: string, lastExecutionAt: number | null, timeoutMs: number): Promise<void>;
  /**
   * `env` as it is now, however large and recent the last snapshot was; null when that has it all, or the host is gone. Not
   * while an invocation is under way. A host that does not answer in time is ended.
   */
  save(timeoutMs: number): Promise<Snapshot | null>;
  /** What the next invocations see in their context. */
  setContext(context: HostContext): void;
  /**
   * Calls the handler with the raw text of the input key. Never rejects, and never takes longer than the timeout + 250 ms once
   * it is its turn.
   */
  invoke(input: Buffer, timeoutMs: number): Promise<Outcome>;
  /** Resolves when the host has ended, whoever ended it. */
  readonly ended: Promise<End>;
  /** The process it lives in. */
  readonly pid: number;
  [Symbol.asyncDispose](): Promise<void>;
}

/** What is needed to make a host for one version of one function. */
export type HostOrder = {
  name: string;
  language: Language;
  /** `shared`: with many others in one process or thread. */
  isolation: 'own' | 'shared';
  path: string;
  handler: string;
  /** Only for archives; otherwise the file's own folder is where imports are looked for. */
  imports?: PythonImports | undefined;
  log: (stream: string, line: string) => void;
};

export type StartHost = (order: HostOrder) => Promise<Host>;
