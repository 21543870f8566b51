import * as z from 'zod';
import { failure, language, notSaved } from './function.ts';
import { invocationOutcome, keptText, printedLine } from './invocation.ts';
import { functionSettings } from './settings.ts';

/** What `env` a try starts with: a copy of the function's newest snapshot, or none. */
export const tryEnv = z.enum(['copy', 'empty']);

/** What a try can be asked for beside code that is handed in. */
export const tryOptions = z.object({
  /** A version that is kept; without it and without code, the one that is to run. */
  version: z.number().int().min(1).optional(),
  /** Instead of the one that the function's settings name. */
  handler: functionSettings.shape.handler.optional(),
  /** JSON to call it with, instead of the text of the input key. */
  input: z.string().optional(),
  env: tryEnv.optional(),
});
export type TryOptions = z.infer<typeof tryOptions>;

/** A failure, and the place in the user's own code that it points to, where that can be told. */
export const tryFailure = failure.extend({
  /** As the archive names it; a single file's own name. */
  file: z.string().optional(),
  /** Counts from 1. */
  line: z.number().int().optional(),
});
export type TryFailure = z.infer<typeof tryFailure>;

/** What one invocation of some code did, away from the function that it is for. */
export const tryRun = z.object({
  outcome: invocationOutcome,
  /** Null unless the outcome is `failed`. */
  failure: tryFailure.nullable(),
  /** Null unless the outcome is `result`. */
  result: keptText.nullable(),
  /** Null when there was no code that could be loaded. */
  language: language.nullable(),
  /** What it printed while it loaded and ran, oldest first; of much, the end. */
  log: z.array(printedLine),
  /** How many lines before `log` are not kept. */
  linesLeftOut: z.number(),
  /** From the start of its process until it could be called. */
  loadMs: z.number(),
  /** Of the invocation; null when the code did not load. */
  tookMs: z.number().nullable(),
  /** What of its `env` no snapshot could hold. */
  notSaved: z.array(notSaved),
});
export type TryRun = z.infer<typeof tryRun>;

/** What it was called with. */
export const tryInput = keptText.extend({
  /** The text of the function's input key at that moment, or one that was pasted. */
  from: z.enum(['live', 'pasted']),
  /** When a live text was first seen (ms since the epoch); null when that is not known. */
  changedAt: z.number().nullable(),
});
export type TryInput = z.infer<typeof tryInput>;

/** The answer to somebody who tries code. */
export const tryReport = tryRun.extend({ env: tryEnv, input: tryInput });
export type TryReport = z.infer<typeof tryReport>;
