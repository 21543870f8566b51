import type { CompatibleJob } from '#lib/schemas/compatible-job';
import type { JobSummary } from '#lib/schemas/job';

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

const iso = (time: number): string => new Date(time).toISOString();
