import type { JobPage, JobScript, JobSummary } from '#lib/schemas/job';
import { isAboutJob, isJobPage, isJobScript } from './guards.ts';
import type { JobQuery } from './list/job-list.ts';

const API = '/api/v1/jobs';
const PATIENCE_MS = 10_000;

/** What came, or the status of what was refused; 0 when nothing came that can be read. */
type Read<T> = { ok: true; data: T } | { ok: false; status: number };

async function read<T>(isExpected: (value: unknown) => value is T, path: string): Promise<Read<T>> {
  try {
    const response = await fetch(API + path, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (!response.ok) return { ok: false, status: response.status };
    const data: unknown = await response.json();
    return isExpected(data) ? { ok: true, data } : { ok: false, status: 0 };
  } catch {
    return { ok: false, status: 0 };
  }
}

export function fetchJobs(query: JobQuery & { limit: number }): Promise<Read<JobPage>> {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return read(isJobPage, `?${new URLSearchParams(given.map(([name, value]) => [name, `${value}`]))}`);
}

/** How a job is, without what it wrote. */
export function fetchJob(id: number): Promise<Read<{ job: JobSummary }>> {
  return read(isAboutJob, `/${id}/output?limit=1`);
}

export function fetchScript(id: number): Promise<Read<JobScript>> {
  return read(isJobScript, `/${id}/script`);
}

/** Where a job is submitted, and where one is cancelled. */
export const SUBMIT = API;
export const cancelPath = (id: number) => `${API}/${id}/cancel`;
