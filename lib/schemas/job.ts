import * as z from 'zod';
import { uid } from './account.ts';

/** `ERROR` is every end but an exit with code 0. */
export const jobStatus = z.enum(['WAITING', 'RUNNING', 'DONE', 'ERROR']);
export type JobStatus = z.infer<typeof jobStatus>;

export const jobLanguage = z.enum(['python', 'node', 'bash']);
export type JobLanguage = z.infer<typeof jobLanguage>;

/**
 * Why a job ended; the first reason wins. `exit`: by itself, whatever the code. `oom`, `disk`: more memory or scratch space
 * than it may have. `output`: more output than is kept. `lost`: it could not be started, or its worker was lost.
 */
export const jobReason = z.enum(['exit', 'timeout', 'oom', 'disk', 'output', 'cancelled', 'lost']);
export type JobReason = z.infer<typeof jobReason>;

/** Small, and counting up: the order in which jobs were submitted. */
export const jobId = z.int('must be a whole number').min(1, 'must be positive');

/** Of code, and of input. */
export const MOST_TEXT_BYTES = 1024 * 1024;
/** Of what is submitted, as JSON: it may need six bytes for one. */
export const MOST_SUBMISSION_BYTES = 13 * 1024 * 1024;

const bounded = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= MOST_TEXT_BYTES, 'must have at most 1 MiB in UTF-8');

/** What somebody submits. */
export const newJob = z.strictObject({
  uid: uid.optional().describe('Whose job it is; only your own uid will do.'),
  language: jobLanguage.default('python'),
  code: bounded.min(1, 'must not be empty').describe('A script, at most 1 MiB.'),
  input: bounded.default('').describe('All of its standard input, at most 1 MiB.'),
  retryable: z
    .boolean()
    .default(false)
    .describe('Whether it may be started again when its worker is lost; otherwise a script is never started twice.'),
});
export type NewJob = z.input<typeof newJob>;

/** The client's own name for what it submits, so that a request that is sent again has its effect once. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible characters');

/**
 * What a waiting job waits for. `worker`: none that is there has its language. `quota`: as many of its user's jobs run as may
 * run at once. `turn`: its turn, while jobs before it run.
 */
export const jobWait = z.enum(['worker', 'quota', 'turn']);
export type JobWait = z.infer<typeof jobWait>;

/** A job in a list: all but what was written and read. Times are ms since the epoch, by the clock of Redis. */
export const jobSummary = z.object({
  id: jobId,
  uid,
  /** The name of who submitted it, as it was then. */
  user: z.string(),
  language: jobLanguage,
  /** The first line of its code that says something, to tell it from others; at most 80 characters. */
  firstLine: z.string(),
  status: jobStatus,
  /** Null unless it waits. */
  waitingFor: jobWait.nullable(),
  /** Null until it has ended. */
  reason: jobReason.nullable(),
  /** 128 + n after signal n, as shells have it; null unless the reason is `exit`. */
  exitCode: z.int().nullable(),
  /** With `lost`: what happened. With `cancelled`, unless by its own user: who or what did it. */
  detail: z.string().nullable(),
  /** Whether it wrote more than was kept. */
  truncated: z.boolean(),
  /** How many of its processes were killed. */
  killed: z.int(),
  retryable: z.boolean(),
  /** How often it was started. */
  attempts: z.int(),
  queuedAt: z.number(),
  startedAt: z.number().nullable(),
  endedAt: z.number().nullable(),
  /** What ran it, and how it was confined there; null until it was started. */
  executor: z.string().nullable(),
  tier: z.string().nullable(),
});
export type JobSummary = z.infer<typeof jobSummary>;

/** What a job has written so far, as text. */
export const jobOutput = z.object({
  /** Both streams in the order in which they came, as a terminal shows them. */
  result: z.string(),
  stdout: z.string(),
  stderr: z.string(),
});
export type JobOutput = z.infer<typeof jobOutput>;

export const job = jobSummary.extend(jobOutput.shape);
export type Job = z.infer<typeof job>;

/** What was submitted, as it can be submitted again. */
export const jobScript = z.object({
  language: jobLanguage,
  code: z.string(),
  input: z.string(),
  retryable: z.boolean(),
});
export type JobScript = z.infer<typeof jobScript>;

export const jobFilter = z.strictObject({
  uid: uid.optional(),
  status: jobStatus.optional(),
  language: jobLanguage.optional(),
  /** Only those that were queued from then on, and before then; ms since the epoch. */
  since: z.number().optional(),
  until: z.number().optional(),
  /** Only older ones: `next` of the page before. */
  before: jobId.optional(),
  limit: z.int().min(1, 'must be positive').max(200, 'must be at most 200').default(50),
});
export type JobFilter = z.input<typeof jobFilter>;

/** Newest first. A page may be shorter than asked for, even empty, while there is a `next` one. */
export const jobPage = z.object({
  jobs: z.array(jobSummary),
  next: jobId.nullable(),
  /** How many were met on the way that another version has stored, and this one cannot read. */
  unreadable: z.int(),
});
export type JobPage = z.infer<typeof jobPage>;

export const outputStream = z.enum(['stdout', 'stderr']);
export type OutputStream = z.infer<typeof outputStream>;

export const outputSegment = z.object({ stream: outputStream, text: z.string() });
export type OutputSegment = z.infer<typeof outputSegment>;

/** What a job wrote in one go, in order. The id is the place to go on reading from. */
export const outputEntry = z.object({ id: z.string(), segments: z.array(outputSegment) });
export type OutputEntry = z.infer<typeof outputEntry>;

/** A stretch of a job's output; `more`: there is some after it already. */
export const outputPage = z.object({ job: jobSummary, entries: z.array(outputEntry), more: z.boolean() });
export type OutputPage = z.infer<typeof outputPage>;
