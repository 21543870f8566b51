import * as z from 'zod';
import { language } from './function.ts';
import { seriesKind } from './series-kind.ts';

/** How a function does, as people are told: what its runtime says of it, and how old its data is. */
export const functionStatusShown = z.enum([
  'live',
  'stale',
  'failing',
  'crashing',
  'waiting',
  'starting',
  'connecting',
  'disabled',
]);
export type Status = z.infer<typeof functionStatusShown>;

/** `nothing-runs`: its runtime is gone; `no-result`: it runs, and nothing comes of it; `unchanged`: its input is what is old. */
export const staleCause = z.enum(['nothing-runs', 'no-result', 'unchanged']);
export type StaleCause = z.infer<typeof staleCause>;

/** What functions are counted and filtered by, those that need somebody first. */
export const standing = z.enum(['failing', 'stale', 'waiting', 'running', 'disabled']);
export type Standing = z.infer<typeof standing>;

export const overviewSort = z.enum(['failing', 'name', 'slowest', 'changed']);
export type OverviewSort = z.infer<typeof overviewSort>;

export const overviewRange = z.enum(['15m', '1h', '24h']);
export type OverviewRange = z.infer<typeof overviewRange>;

const stretch = z.object({ from: z.number(), to: z.number() });

/** A function's main series over the range, thinned to what a small curve can show. */
export const overviewCurve = z.object({
  /** It holds every row from this time on; earlier ones the caller knows already. */
  from: z.number(),
  times: z.array(z.number()),
  values: z.array(z.number().nullable()),
  /** Stretches of failed ticks. */
  failures: z.array(stretch),
});
export type OverviewCurve = z.infer<typeof overviewCurve>;

/** One function at a glance. */
export const overviewCard = z.object({
  name: z.string(),
  language,
  status: functionStatusShown,
  inputKey: z.string(),
  periodMs: z.number(),
  /** When the input of the newest good result was first seen; null while there is none. */
  dataAt: z.number().nullable(),
  /** Of the newest invocation. */
  tookMs: z.number().nullable(),
  lagMs: z.number().nullable(),
  /** The series that says most, with its value in the last good result. */
  figure: z
    .object({
      /** Null for the mean of all CPUs. */
      name: z.string().nullable(),
      kind: seriesKind,
      value: z.number().nullable(),
    })
    .nullable(),
  /** Why its data is old, while it is stale. */
  staleCause: staleCause.nullable(),
  /** Why it fails, while it does, or did when it was last seen. */
  failure: z.object({ message: z.string(), inARow: z.number(), retryAt: z.number().nullable() }).nullable(),
  /** Who switched it off, where a person did. */
  disabledBy: z.string().nullable(),
  curve: overviewCurve,
});
export type OverviewCard = z.infer<typeof overviewCard>;

export const overview = z.object({
  now: z.number(),
  /** All functions there are, whatever is asked for. */
  total: z.number(),
  counts: z.record(standing, z.number()),
  /** How many match what is asked for, on how many pages. */
  matching: z.number(),
  page: z.number(),
  pages: z.number(),
  functions: z.array(overviewCard),
});
export type Overview = z.infer<typeof overview>;

/** More functions than this are shown on several pages; whole rows of four, three and two. */
const MOST_CARDS = 60;

/** Which functions are asked for, and how. */
export const overviewQuery = z.object({
  /** Part of a name. */
  q: z.string().max(100).default(''),
  state: standing.optional(),
  sort: overviewSort.default('failing'),
  range: overviewRange.default('15m'),
  page: z.number().int().min(1).default(1),
  limit: z.number().int().min(1).max(MOST_CARDS).default(MOST_CARDS),
  /** The caller knows the curves up to here. */
  since: z.number().optional(),
});
export type OverviewQuery = z.infer<typeof overviewQuery>;
