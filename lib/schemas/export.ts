import * as z from 'zod';
import { rolledTierName } from './history.ts';

const time = z.iso.datetime();

/** One invocation: every number in its result under its dotted name, or why it failed. */
const invocationRow = z.object({
  time,
  values: z.record(z.string(), z.number()),
  durationMs: z.number(),
  lagMs: z.number(),
  version: z.string(),
  failure: z.string().nullable(),
});

const spread = z.object({ min: z.number(), mean: z.number(), max: z.number(), last: z.number() });

/** All invocations of one bucket of a rolled-up tier. */
const bucketRow = z.object({
  /** Where it begins. */
  time,
  values: z.record(z.string(), spread),
  good: z.number(),
  failed: z.number(),
  /** The last of several. */
  failure: z.string().nullable(),
});

/** A range of a function's history, as finely as it is kept. */
export const exportedHistory = z.object({
  function: z.string(),
  from: time,
  to: time,
  /** `raw` has a row for each invocation, the others one for each bucket. */
  tier: z.enum(['raw', ...rolledTierName.options]),
  /** The length of a bucket; null where each invocation has its row. */
  resolutionMs: z.number().nullable(),
  rows: z.array(z.union([invocationRow, bucketRow])),
});

export type InvocationRow = z.infer<typeof invocationRow>;
export type BucketRow = z.infer<typeof bucketRow>;
export type ExportTier = z.infer<typeof exportedHistory>['tier'];
