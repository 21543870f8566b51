import type { ServerResponse } from 'node:http';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { listJobs } from '#lib/jobs/list-jobs';
import { readWholeOutput } from '#lib/jobs/output-entries';
import type { CompatibleJob } from '#lib/schemas/compatible-job';
import type { JobSummary } from '#lib/schemas/job';
import { write } from './write.ts';

/** How many results are read at once: each may be 1 MiB. */
const AT_ONCE = 8;

/** A job in the form of the older service. */
export function compatible(job: JobSummary, { result }: { result: string }): CompatibleJob {
  return {
    job_id: job.id,
    uid: job.uid,
    status: job.status,
    result,
    exit_code: job.exitCode,
    reason: job.reason,
    truncated: job.truncated,
    created_at: iso(job.queuedAt),
    started_at: job.startedAt === null ? null : iso(job.startedAt),
    ended_at: job.endedAt === null ? null : iso(job.endedAt),
  };
}

/**
 * Answers with a list of all jobs that the caller may see, or those of one user, with their results. That may be much, so it
 * is read and written bit by bit.
 */
export async function writeJobs(
  ctx: Context,
  caller: Caller,
  uid: number | undefined,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  let page = await listJobs(ctx, caller, { uid, limit: 200 });
  response.writeHead(200, { 'Content-Type': 'application/json' });
  let separator = '[';
  for (;;) {
    for (let start = 0; start < page.jobs.length && !signal.aborted; start += AT_ONCE) {
      const jobs = page.jobs.slice(start, start + AT_ONCE);
      const outputs = await Promise.all(jobs.map(({ id }) => readWholeOutput(ctx, id)));
      for (const [index, job] of jobs.entries()) {
        const output = outputs[index] ?? { result: '' };
        await write(response, separator + JSON.stringify(compatible(job, output)), signal);
        separator = ',';
      }
    }
    if (page.next === null || signal.aborted) break;
    page = await listJobs(ctx, caller, { uid, limit: 200, before: page.next });
  }
  response.end(separator === '[' ? '[]' : ']');
}

const iso = (time: number): string => new Date(time).toISOString();
