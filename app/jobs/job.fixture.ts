import type { JobSummary } from '#lib/schemas/job';

/** A job that waits, but for what is said of it. */
export function jobOf(told: Partial<JobSummary> = {}): JobSummary {
  return {
    id: 1,
    uid: 7,
    user: 'ada',
    language: 'python',
    firstLine: 'print(1)',
    status: 'WAITING',
    waitingFor: 'turn',
    reason: null,
    exitCode: null,
    detail: null,
    truncated: false,
    killed: 0,
    retryable: false,
    attempts: 0,
    queuedAt: 1_000,
    startedAt: null,
    endedAt: null,
    executor: null,
    tier: null,
    ...told,
  };
}
