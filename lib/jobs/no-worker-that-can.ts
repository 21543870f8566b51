import { VigiaError } from '#lib/errors';
import type { JobLanguage } from '#lib/schemas/job';
import type { JobWorker } from '#lib/schemas/job-queue';

/**
 * While no worker is there, jobs wait for one: it is being replaced, or starts later. Where workers are there and none of them
 * could run this job, whoever submits it is told so at once, because to wait would mostly be in vain. Null where one could.
 */
export function noWorkerThatCan(workers: readonly JobWorker[], language: JobLanguage): VigiaError | null {
  if (workers.length === 0 || workers.some(({ languages }) => languages.includes(language))) return null;
  const cause = new Error(workers.flatMap((worker) => worker.missing).join('; '));
  if (workers.every(({ tier }) => tier === null)) {
    return new VigiaError('unavailable', 'Jobs are not run here: nothing on the workers can confine them', { cause });
  }
  const offered = [...new Set(workers.flatMap(({ languages }) => languages))].join(', ');
  return new VigiaError('unavailable', `No worker here runs ${language}; those that are there run ${offered}`, {
    fields: [{ path: 'language', code: 'not_a_choice', message: 'is not run by any worker that is there now' }],
    cause,
  });
}
