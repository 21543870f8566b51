import * as z from 'zod';
import { failure } from './function.ts';

/** A Redis stream id, `<ms>-<seq>`; it is also the id of the live event. */
export const entryId = z.string().regex(/^\d{1,16}-\d{1,10}$/);

/** One invocation as the history keeps it and as the live feed sends it: a result or a failure. */
export const historyEntry = z.object({
  id: entryId,
  /** When it was written, ms since the epoch. */
  at: z.number(),
  /** When its input was first seen, ms since the epoch. */
  inputAt: z.number(),
  tookMs: z.number(),
  /** How late it started. */
  lagMs: z.number(),
  version: z.string(),
  /** The very text in the output key. */
  result: z.string().optional(),
  failure: failure.pick({ kind: true, message: true }).optional(),
});
export type HistoryEntry = z.infer<typeof historyEntry>;

/** What a live event carries beside its id. */
export const liveEntry = historyEntry.omit({ id: true, at: true });
export type LiveEntry = z.infer<typeof liveEntry>;

/** A run of invocations that failed one after another. */
export const failureRun = z.object({
  from: z.number(),
  to: z.number(),
  count: z.number(),
  message: z.string(),
  version: z.string(),
});
export type FailureRun = z.infer<typeof failureRun>;

/** From when on a version of the code ran. */
export const versionStart = z.object({ at: z.number(), version: z.string() });
export type VersionStart = z.infer<typeof versionStart>;

/** A stretch in which nothing ran, though something should have. */
export const gap = z.object({
  /** When the last invocation before it was written, or the end of its bucket in a rolled-up tier. */
  from: z.number(),
  /** When the first one after it was, or the start of its bucket; `null` while there is none. */
  to: z.number().nullable(),
});
export type Gap = z.infer<typeof gap>;

/** The tiers of the history that hold one entry a bucket, finest first. */
export const rolledTierName = z.enum(['1m', '15m']);
export type RolledTierName = z.infer<typeof rolledTierName>;

/** Every series of a function over one range, in columns that share their times. */
export const seriesWindow = z.object({
  from: z.number(),
  to: z.number(),
  /** The newest entry in it: a live feed that starts after this id misses nothing. */
  lastId: z.string(),
  times: z.array(z.number()),
  /** How long the invocation took that was written at each time; `null` where none was. Of single invocations only. */
  took: z.array(z.number().nullable()).optional(),
  series: z.array(
    z.object({
      /** Its dotted name in the result. */
      name: z.string(),
      /** One a time; `null` where an invocation failed or did not have the series. */
      values: z.array(z.number().nullable()),
    }),
  ),
  failures: z.array(failureRun),
  /** Where nothing ran; of very many the longest. One may begin before the range or end after it. */
  gaps: z.array(gap).optional(),
  /** The first is the version that the range starts with; each other one was deployed within it. */
  versions: z.array(versionStart),
  /** How many invocations it was made from. */
  entries: z.number(),
  /** Which tier of the history it was made from. */
  tier: z.enum(['raw', ...rolledTierName.options]).optional(),
  /** In a rolled-up tier, the length of a bucket: two rows, its minimum and maximum; of a counter, what it read at their times. */
  resolutionMs: z.number().optional(),
});
export type SeriesWindow = z.infer<typeof seriesWindow>;

/** What a stretch of time is known by when its single invocations are not kept any more. */
export const historyBucket = z.object({
  from: z.number(),
  /** The first moment after it. */
  to: z.number(),
  /** How many invocations gave a result, and how many failed. */
  good: z.number(),
  failed: z.number(),
  /** The versions that ran in it, in their order. */
  versions: z.array(z.string()),
  series: z.array(z.object({ name: z.string(), min: z.number(), mean: z.number(), max: z.number() })),
});
export type HistoryBucket = z.infer<typeof historyBucket>;
