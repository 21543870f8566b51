import type { RolledTierName } from './schemas/history.ts';

/** Lifetimes in ms. */
export const lifetimes = {
  /** A runtime renews its heartbeat three times within it. */
  heartbeat: 15_000,
  /** A function that nobody has run for this long is forgotten, with its history. */
  function: 30 * 24 * 3_600_000,
} as const;

/** How a message on a function's live channel starts: `result <id>\n<json>` or `state\n<json>`. */
export const liveMessage = { result: 'result', state: 'state' } as const;

/**
 * Every Redis key and channel that Vigia owns. The keys of one function share the hash tag `{name}`; the users'
 * input and output keys are plain strings without the prefix.
 */
export function keysFor(prefix: string) {
  return {
    /** Set of the names of all functions. */
    functions: `${prefix}functions`,
    /** JSON {@link FunctionState}. */
    functionState: (name: string) => `${prefix}{${name}}:state`,
    /** The newest snapshot of the function's `env`, as its host wrote it: JSON that names its language and format. */
    functionEnv: (name: string) => `${prefix}{${name}}:env`,
    /** JSON {@link Heartbeat}; expires. */
    heartbeat: (name: string) => `${prefix}{${name}}:heartbeat`,
    /** Stream with one entry an invocation: fields `i d l v` and `r` (result text) or `e` (failure). */
    history: (name: string) => `${prefix}{${name}}:history`,
    /** Stream with one entry for each bucket of a rolled-up tier; the id is the bucket's start. */
    historyTier: (name: string, tier: RolledTierName) => `${prefix}{${name}}:history:${tier}`,
    /** Sorted set of the lists of series names that a tier's entries refer to, by the newest bucket that does. */
    tierSeries: (name: string, tier: RolledTierName) => `${prefix}{${name}}:history:${tier}:series`,
    /** Stream with one entry for each invocation: its record, with what it printed. */
    invocations: (name: string) => `${prefix}{${name}}:invocations`,
    /** Stream with the input and result text of the newest invocations, under the ids of their records. */
    invocationTexts: (name: string) => `${prefix}{${name}}:invocation-texts`,
    /** Channel: one message for each history entry and each change of state. */
    live: (name: string) => `${prefix}{${name}}:live`,
    /** JSON `collectorState` of whoever writes this input key; expires. */
    collector: (inputKey: string) => `${prefix}collector:${inputKey}`,
    /** Channel: the name of an input key that the collector has just written. */
    inputWritten: `${prefix}input-written`,
  };
}

export type Keys = ReturnType<typeof keysFor>;
