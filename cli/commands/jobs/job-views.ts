import type { Job, JobStatus, JobSummary } from '#lib/schemas/job';
import { age, bytes, moment, span } from '../../show/format.ts';
import type { Draw } from '../../show/output.ts';
import type { Screen, Style } from '../../show/screen.ts';
import { type Column, fields, table } from '../../show/table.ts';

const STYLES: Record<JobStatus, Style> = { WAITING: 'yellow', RUNNING: 'cyan', DONE: 'green', ERROR: 'red' };

const columns: Column<JobSummary>[] = [
  { title: 'ID', of: ({ id }) => id, isNumber: true },
  { title: 'USER', of: ({ user }) => user, mayCut: true },
  { title: 'LANGUAGE', of: ({ language }) => language },
  { title: 'STATUS', of: ({ status }) => status, style: ({ status }) => STYLES[status] },
  { title: 'WHY', of: ({ reason, waitingFor }) => reason ?? waitingFor },
  { title: 'EXIT', of: ({ exitCode }) => exitCode, isNumber: true },
  { title: 'TOOK', of: took, isNumber: true },
  { title: 'SUBMITTED', of: ({ queuedAt }) => age(queuedAt), isNumber: true },
];

export function jobTable(jobs: readonly JobSummary[]): Draw {
  return (screen) => (jobs.length === 0 ? '' : table(jobs, columns, screen));
}

/** All about a job, but what it has written. */
export function jobDetails(job: JobSummary & Partial<Job>): Draw {
  const { id, user, uid, language, status, waitingFor, reason, detail, exitCode, killed } = job;
  const time = (at: number | null) => (at === null ? null : `${moment(at)} (${age(at)})`);
  const why = [reason ?? waitingFor, detail].filter((each) => each !== null).join(': ');
  return (screen: Screen) =>
    fields(
      [
        ['Job', id],
        ['User', `${user} (${uid})`],
        ['Language', language],
        ['Status', why === '' ? status : `${status}, ${why}`],
        ['Exit code', exitCode],
        ['Submitted', time(job.queuedAt)],
        ['Started', time(job.startedAt)],
        ['Ended', time(job.endedAt)],
        ['Took', took(job)],
        ['Attempts', job.attempts > 1 || job.retryable ? `${job.attempts}${job.retryable ? ', retryable' : ''}` : null],
        ['Ran on', job.executor === null ? null : `${job.executor} (${job.tier ?? 'not confined'})`],
        ['Killed', killed === 0 ? null : killed === 1 ? '1 process' : `${killed} processes`],
        ['Output', written(job)],
      ],
      screen,
    );
}

function took({ startedAt, endedAt }: JobSummary): string | null {
  return startedAt === null || endedAt === null ? null : span(endedAt - startedAt);
}

function written({ id, result, truncated }: JobSummary & Partial<Job>): string | null {
  if (result === undefined || result === '') return null;
  const size = `${bytes(Buffer.byteLength(result))}${truncated ? ', the rest is not kept' : ''}`;
  return `${size} (vigia jobs logs ${id})`;
}
