import type { JobSummary } from '#lib/schemas/job';
import { JOB_LIMITS } from '#lib/schemas/job-limits';
import type { Format } from '../format/format-for.ts';
import type { JobWords } from './words.ts';

const MIB = 1024 * 1024;

/** "0.08 s", "6.4 s": how long something of a job took. */
export function seconds(ms: number, { withDigits }: Format): string {
  return `${withDigits(ms / 1_000, ms < 1_000 ? 2 : 1)} s`;
}

/** "256 MiB": of a limit, which is a whole number of them. */
export function mebibytes(bytes: number, { whole }: Format): string {
  return `${whole(bytes / MIB)} MiB`;
}

/** "10 s", "0.5 s": of a limit, which is a round number. */
export function limitText(ms: number, { plain }: Format): string {
  return `${plain(ms / 1_000)} s`;
}

/** Why a job is as it is, in words; null where its state says all. */
export function reasonOf(job: JobSummary, say: JobWords, format: Format): string | null {
  if (job.status === 'WAITING') return job.waitingFor === null ? null : say.waits[job.waitingFor](job.language);
  if (job.status === 'RUNNING') return job.attempts > 1 ? say.attempt(format.whole(job.attempts)) : null;
  return job.status === 'DONE' ? null : endOf(job, say, format);
}

function endOf(job: JobSummary, say: JobWords, format: Format): string {
  const took = seconds((job.endedAt ?? 0) - (job.startedAt ?? job.endedAt ?? 0), format);
  switch (job.reason) {
    case 'timeout':
      return say.timeout(took);
    case 'oom':
      return say.outOfMemory(mebibytes(JOB_LIMITS.memoryBytes, format));
    case 'disk':
      return say.diskFull(mebibytes(JOB_LIMITS.scratchBytes, format));
    case 'output':
      return say.tooMuchOutput(mebibytes(JOB_LIMITS.outputBytes, format));
    case 'cancelled':
      return cancelledBy(job, say);
    case 'lost':
      return (job.startedAt === null ? say.notStarted : say.lost)(
        job.detail === null ? say.unknown : detailOf(job.detail, say),
      );
    default:
      return job.exitCode !== null && job.exitCode > 128
        ? say.signalled(`${job.exitCode - 128}`, `${job.exitCode}`)
        : say.exited(`${job.exitCode}`);
  }
}

/** Its own user where nobody else is named; the server names them in English. */
function cancelledBy({ user, detail }: JobSummary, say: JobWords): string {
  if (detail === null) return say.cancelledBy(user);
  const by = /^cancelled by (.+)$/.exec(detail)?.[1];
  return by === undefined ? say.cancelledBecause(detailOf(detail, say)) : say.cancelledBy(by);
}

/** What the service says of an end, in the reader's language. */
function detailOf(detail: string, { details }: JobWords): string {
  return Object.entries(details).find(([known]) => known === detail)?.[1] ?? detail;
}
