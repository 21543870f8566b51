import type { JobReason, JobSummary } from '#lib/schemas/job';
import { EXIT } from '../../exit-codes.ts';

/** The exit code of a job that was waited for: its own, or what stands for the reason for which it was ended. */
export function exitCodeOf({ reason, exitCode }: Pick<JobSummary, 'reason' | 'exitCode'>): number {
  return exitCode ?? CODES[reason ?? 'lost'];
}

const CODES: Record<JobReason, number> = {
  exit: EXIT.failed,
  timeout: EXIT.timeout,
  oom: EXIT.oom,
  disk: EXIT.ended,
  output: EXIT.ended,
  lost: EXIT.ended,
  cancelled: EXIT.interrupted,
};

/** Why a job did not come to its own end; null when it did. */
export function endOf({ id, reason, detail }: JobSummary): string | null {
  if (reason === null || reason === 'exit') return null;
  const end = `Job ${id} ${ENDS[reason]}`;
  return detail === null ? end : `${end}: ${detail}`;
}

const ENDS: Record<Exclude<JobReason, 'exit'>, string> = {
  timeout: 'was ended at its time limit',
  oom: 'was ended because it needed too much memory',
  disk: 'was ended because it filled its scratch disk',
  output: 'was ended because it wrote too much',
  cancelled: 'was cancelled',
  lost: 'was lost',
};

/** What a waiting job waits for, in words. */
export function waitOf({ waitingFor }: Pick<JobSummary, 'waitingFor'>): string {
  if (waitingFor === 'worker') return 'for a worker that runs its language';
  return waitingFor === 'quota' ? 'until fewer of your jobs run' : 'for its turn';
}
