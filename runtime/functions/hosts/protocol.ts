import type { NotSaved } from '#lib/schemas/function';

// Loaded by every host, where zod would be a fifth of the memory: what is parsed is in reports.ts.

/**
 * Frame types; `frames.py` has the same numbers, and the contract suite runs both against them. Each is answered before the
 * next one is looked at, except `context`, which has no answer.
 */
export const toHost = { load: 1, context: 2, invoke: 3, restore: 4, save: 5, leave: 6 } as const;
export const toRuntime = {
  hello: 10,
  loaded: 11,
  result: 12,
  failed: 13,
  snapshot: 14,
  restored: 15,
  saved: 16,
  left: 17,
  /** No answer: one byte, the number of the descriptor, and what was printed to it. */
  printed: 18,
  /** No answer: this function is what the host is about to end of. */
  guilty: 19,
} as const;

/** How Python imports code that is more than one file. */
export type PythonImports = {
  /** The dotted name under which the file is imported; null when it is a module of its own. */
  module: string | null;
  /** Folders in which its own imports are looked for. */
  paths: readonly string[];
};

/** Kept in the host, so that a large state is not even encoded, let alone sent, at every tick. */
export const SNAPSHOT_LIMITS = {
  /** Above this a snapshot is taken at most every `largeEveryMs`. */
  largeBytes: 64 * 1024,
  largeEveryMs: 5_000,
  /** Above this there is none. */
  maxBytes: 1024 * 1024,
} as const;

/** Payload of `load`. */
export type LoadOrder = {
  /** The file to import. */
  path: string;
  handler: string;
  imports?: PythonImports | undefined;
  maxResultBytes: number;
  snapshots: typeof SNAPSHOT_LIMITS;
};

/** Payload of `context`: what the reference runtime refreshes before each call. */
export type HostContext = { host: string; port: number; input_key: string; output_key: string };

/**
 * `env` as it was at that moment. The text is JSON that names its language and format, and is opaque to the runtime; it is
 * empty when nothing is to be kept.
 */
export type Snapshot = { text: string; notSaved: NotSaved[] };
