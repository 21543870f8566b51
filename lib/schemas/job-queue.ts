import * as z from 'zod';
import { jobLanguage, jobSummary } from './job.ts';

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

/** What people may know of a worker: nothing of the machine that it is on. */
const shownWorker = jobWorker.omit({ instance: true, host: true, pid: true });

/** How many jobs there are in which state. */
const jobCounts = z.object({
  waiting: z.int(),
  running: z.int(),
  /** Those that have ended and are kept, and how many of them in an `ERROR`. */
  ended: z.int(),
  failed: z.int(),
});
export type JobCounts = z.infer<typeof jobCounts>;

/** How busy it is, and what there is to run jobs with. */
export const jobQueue = z.object({
  ...jobCounts.shape,
  /** Of whoever asks. */
  own: jobCounts,
  /** How many jobs of each language wait, and how many workers run it. */
  languages: z.array(z.object({ language: jobLanguage, waiting: z.int(), workers: z.int() })),
  /** Those that are there; with `tier` null, one refuses all jobs. */
  workers: z.array(shownWorker),
  limits: z.object({
    waitingPerUser: z.int(),
    runningPerUser: z.int(),
    timeMs: z.int(),
    /** Of code, and of input. */
    textBytes: z.int(),
  }),
});
export type JobQueue = z.infer<typeof jobQueue>;

/** Jobs that are new or in another state than before, and the ids of those that are no longer kept. */
export const movedJobs = z.object({ jobs: z.array(jobSummary), gone: z.array(jobSummary.shape.id) });
export type MovedJobs = z.infer<typeof movedJobs>;
