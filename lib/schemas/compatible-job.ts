import * as z from 'zod';
import { uid } from './account.ts';
import { jobId, jobReason, jobStatus, newJob } from './job.ts';

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

/** Listed in one answer: all that is kept, unless somebody has set it otherwise. */
export const MOST_LISTED = 1_000;

const wholeNumber = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);

/** Which part of a list such a client wants; without a word of it, the newest. What else it says is not looked at. */
export const compatibleListing = z.object({
  limit: wholeNumber
    .pipe(z.number().min(1, 'must be at least 1').max(MOST_LISTED, `must be at most ${MOST_LISTED}`))
    .default(MOST_LISTED),
  /** Only older ones: as the `Link` of the part before says. */
  before: wholeNumber.pipe(jobId).optional(),
});
