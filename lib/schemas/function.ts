import * as z from 'zod';

export const language = z.enum(['python', 'javascript', 'typescript']);
export type Language = z.infer<typeof language>;

/**
 * Where an invocation or a load went wrong. `init`: the code did not load; `invocation`: the handler threw;
 * `bad-result`: what it returned is not JSON; `bad-input`: the input key holds no usable JSON; `timeout`: it ran past its
 * deadline; `exit`: its process ended.
 */
export const failureKind = z.enum(['init', 'invocation', 'bad-result', 'bad-input', 'timeout', 'exit']);

export const failure = z.object({
  kind: failureKind,
  /** One line, such as "KeyError: 'cpu_percent-0'". */
  message: z.string(),
  /** The user's own frames, as their language prints them. */
  traceback: z.string().optional(),
});
export type Failure = z.infer<typeof failure>;

/** A part of a function's `env` that is in no snapshot and so does not survive its host: `env.model`, a `Model`. */
export const notSaved = z.object({ path: z.string(), type: z.string() });
export type NotSaved = z.infer<typeof notSaved>;

/**
 * `starting`: its host loads the code; `waiting`: no usable input; `running`: the last invocation was good;
 * `failing`: the last one failed, the host lives; `crashing`: the host died or does not load, and is retried with backoff;
 * `disabled`: it is not to run.
 */
export const functionStatus = z.enum(['starting', 'waiting', 'running', 'failing', 'crashing', 'disabled']);
export type FunctionStatus = z.infer<typeof functionStatus>;

/** One function as its runtime last saw it; all times are ms since the epoch. */
export const functionState = z.object({
  name: z.string(),
  language,
  /** "built in", the file's path, "PYFILE", or an archive with the file in it: "/code.zip (main.py)". */
  source: z.string(),
  /** First digits of the code's sha256. */
  version: z.string(),
  /** Its number among the function's versions. */
  versionNumber: z.number().nullable().default(null),
  handler: z.string(),
  inputKey: z.string(),
  outputKey: z.string(),
  periodMs: z.number().positive(),
  timeoutMs: z.number().positive(),
  invoke: z.enum(['tick', 'change']),
  isolation: z.enum(['own', 'shared']).default('own'),
  /** The revision of the function's record that is in force. */
  revision: z.number().default(0),
  /** How often the function had been told to start with an empty `env` when it last started. */
  envEpoch: z.number().default(0),
  /** Why what is to run does not, while something else runs in its place; `version` is null for what cannot even be had. */
  rejected: z.object({ version: z.number().nullable(), failure }).nullable().default(null),
  status: functionStatus,
  /** Since when it has this status. */
  since: z.number(),
  /** Since its runtime started: of this version of its code, and how many periods were skipped. */
  ticks: z.object({ done: z.number(), failed: z.number(), late: z.number() }),
  lastTickAt: z.number().nullable(),
  /** When the newest tick should have started; null when none has in the rhythm that is kept now. */
  lastDueAt: z.number().nullable().default(null),
  /** When the handler was last called, well or not. */
  lastExecutionAt: z.number().nullable().default(null),
  input: z.object({
    /** When the input's text was last seen to change. */
    changedAt: z.number().nullable(),
    /** The longest of the last spacings between changes. */
    everyMs: z.number().nullable(),
    digest: z.string().nullable(),
    /** Why the input cannot be used. */
    problem: z.string().nullable(),
  }),
  /** The last failure while the status is `failing` or `crashing`. */
  failure: failure.nullable(),
  /** How many invocations in a row failed. */
  failedInARow: z.number(),
  /** When a crashing host is started again. */
  retryAt: z.number().nullable(),
  /** The first ten of what the newest snapshot of `env` leaves out. */
  notSaved: z.array(notSaved).default([]),
});
export type FunctionState = z.infer<typeof functionState>;

/** The collector that writes a key; expires with it. */
export const collectorState = z.object({
  key: z.string(),
  host: z.string(),
  pid: z.number(),
  at: z.number(),
  periodMs: z.number(),
});
