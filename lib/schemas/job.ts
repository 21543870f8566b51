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

const MAX_TEXT = 1024 * 1024;
const bounded = z
  .string()
  .refine((text) => new TextEncoder().encode(text).length <= MAX_TEXT, 'must have at most 1 MiB in UTF-8');

/** What somebody submits. */
export const newJob = z.strictObject({
  /** Whose job it is; only one's own uid will do. */
  uid: uid.optional(),
  language: jobLanguage.default('python'),
  /** A script. */
  code: bounded.min(1, 'must not be empty'),
  /** All of its standard input. */
  input: bounded.default(''),
  /** Whether it may be started again when its worker is lost. Without it, a script is never started twice. */
  retryable: z.boolean().default(false),
});
export type NewJob = z.input<typeof newJob>;

/** The client's own name for what it submits, so that a request that is sent again has its effect once. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible characters');

/** A job in a list: all but what was written and read. Times are ms since the epoch, by the clock of Redis. */
export const jobSummary = z.object({
  id: jobId,
  uid,
  language: jobLanguage,
  status: jobStatus,
  /** Null until it has ended. */
  reason: jobReason.nullable(),
  /** 128 + n after signal n, as shells have it; null unless the reason is `exit`. */
  exitCode: z.int().nullable(),
  /** With `lost`: what happened. */
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

/** What was submitted, for the people who want to see it again. */
export const jobScript = newJob.pick({ code: true, input: true });
export type JobScript = z.infer<typeof jobScript>;

export const jobFilter = z.strictObject({
  uid: uid.optional(),
  status: jobStatus.optional(),
  language: jobLanguage.optional(),
  /** Only older ones: `next` of the page before. */
  before: jobId.optional(),
  limit: z.int().min(1, 'must be positive').max(200, 'must be at most 200').default(50),
});
export type JobFilter = z.input<typeof jobFilter>;

/** Newest first. A page may be shorter than asked for, even empty, while there is a `next` one. */
export const jobPage = z.object({ jobs: z.array(jobSummary), next: jobId.nullable() });
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

/** A process that runs jobs, as it says itself. */
export const jobWorker = z.object({
  instance: z.string(),
  host: z.string(),
  pid: z.int(),
  executor: z.string(),
  /** Null when it has nothing that could hold a job: it takes none, and `missing` says why. */
  tier: z.string().nullable(),
  missing: z.array(z.string()),
  languages: z.array(jobLanguage),
  concurrency: z.int(),
});
export type JobWorker = z.infer<typeof jobWorker>;

/** A job as clients of the older service know it; the first four fields are theirs, times are ISO 8601. */
export const compatibleJob = z.object({
  job_id: jobId,
  uid,
  status: jobStatus,
  result: z.string(),
  exit_code: z.int().nullable(),
  reason: jobReason.nullable(),
  truncated: z.boolean(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  ended_at: z.string().nullable(),
});
export type CompatibleJob = z.infer<typeof compatibleJob>;

/** What such a client submits; what else it sends is not looked at. */
export const compatibleSubmission = z.object({
  uid,
  code: newJob.shape.code,
  input: newJob.shape.input,
  language: newJob.shape.language,
});
