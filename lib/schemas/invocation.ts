import * as z from 'zod';
import { failure } from './function.ts';
import { entryId } from './history.ts';

/** `nothing`: a falsy result, which is neither written nor in the history. */
export const invocationOutcome = z.enum(['result', 'nothing', 'failed']);
export type InvocationOutcome = z.infer<typeof invocationOutcome>;

/** One line that the function printed; `stream` is `stdout` or `stderr`. */
export const printedLine = z.object({ stream: z.string(), text: z.string() });
export type PrintedLine = z.infer<typeof printedLine>;

/** A text of which no more than a bound is kept. */
export const keptText = z.object({
  text: z.string(),
  /** Of all of it. */
  bytes: z.number(),
  /** Whether `text` is only its beginning. */
  isCut: z.boolean(),
});
export type KeptText = z.infer<typeof keptText>;

/** One invocation in a list. */
export const invocationSummary = z.object({
  /** The id of its history entry, where it has one. */
  id: entryId,
  /** ms since the epoch. */
  startedAt: z.number(),
  /** How late it started. */
  lagMs: z.number(),
  tookMs: z.number(),
  version: z.string(),
  outcome: invocationOutcome,
  failure: failure.pick({ kind: true, message: true }).optional(),
  /** How many lines it printed. */
  lines: z.number(),
});
export type InvocationSummary = z.infer<typeof invocationSummary>;

/** Everything that is kept of one invocation. */
export const invocation = invocationSummary.extend({
  failure: failure.optional(),
  /** What it printed, oldest first; of much, the end. */
  log: z.array(printedLine),
  /** How many lines before `log` are not kept. */
  linesLeftOut: z.number(),
  /** The text that it was called with; null when it is not kept any more. */
  input: keptText.nullable(),
  result: keptText.nullable(),
  /** False while, or when, only its history entry is there: without traceback, log and input. */
  isComplete: z.boolean(),
  /** Whether traceback and log are left out, because nobody is signed in. */
  isReserved: z.boolean(),
  /** The invocations before and after it; null where none is kept. */
  previous: entryId.nullable(),
  next: entryId.nullable(),
});
export type Invocation = z.infer<typeof invocation>;

/** What a list of invocations can be asked for. */
export const invocationQuery = z.object({
  limit: z.number().int().min(1).max(200),
  /** Only those older than this one. */
  before: entryId.optional(),
  outcome: invocationOutcome.optional(),
});
export type InvocationQuery = z.infer<typeof invocationQuery>;
