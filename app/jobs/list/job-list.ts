import type { JobLanguage, JobStatus, JobSummary } from '#lib/schemas/job';
import type { MovedJobs } from '#lib/schemas/job-queue';

/** What the reader has asked to see. */
export type JobQuery = {
  status?: JobStatus | undefined;
  language?: JobLanguage | undefined;
  uid?: number | undefined;
  /** Only older ones. */
  before?: number | undefined;
};

/** A page of jobs, the newest first; `next` is not null when there are older ones; `unreadable` are missing from it. */
export type JobList = { jobs: readonly JobSummary[]; next: number | null; unreadable: number };

export const PAGE = 50;

/** The page after some jobs have got into other states: new ones come at the top, and what does not fit the query goes. */
export function moved(list: JobList, { jobs, gone }: MovedJobs, query: JobQuery): JobList {
  const byId = new Map(list.jobs.map((job) => [job.id, job]));
  for (const id of gone) byId.delete(id);
  for (const job of jobs) {
    if (isAskedFor(job, query) && isOnPage(job, list, query)) byId.set(job.id, job);
    else byId.delete(job.id);
  }
  const all = [...byId.values()].sort((a, b) => b.id - a.id);
  if (all.length <= PAGE) return { ...list, jobs: all };
  const shown = all.slice(0, PAGE);
  return { ...list, jobs: shown, next: shown.at(-1)?.id ?? null };
}

function isAskedFor(job: JobSummary, { status, language, uid }: JobQuery): boolean {
  return [
    status === undefined || job.status === status,
    language === undefined || job.language === language,
    uid === undefined || job.uid === uid,
  ].every(Boolean);
}

function isOnPage({ id }: JobSummary, { next }: JobList, { before }: JobQuery): boolean {
  return (before === undefined || id < before) && (next === null || id >= next);
}
