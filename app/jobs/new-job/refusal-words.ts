import type { JobLanguage } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { localRefusal, type Refusal } from '../../forms/refusal.ts';
import type { newJobWords } from './words.ts';

type Words = (typeof newJobWords)['en'];

/** What is wrong with a language as the workers are now, and what to do; null while a job in it would be taken or may wait. */
export function languageProblem(language: JobLanguage, { workers }: JobQueue, say: Words): string | null {
  if (workers.length === 0 || workers.some(({ languages }) => languages.includes(language))) return null;
  if (workers.every(({ tier }) => tier === null)) return say.nothingConfines;
  const others = [...new Set(workers.flatMap(({ languages }) => languages))].join(', ');
  return say.noWorkerFor(language, others);
}

/** What the server has refused, said beside the field that it is about, with what to do. */
export function refusalWords(
  refusal: Refusal,
  { language, queue, most }: { language: JobLanguage; queue: JobQueue; most: string },
  say: Words,
): Refusal {
  if (refusal.status === 429 && refusal.limit === 'waitingJobs')
    return { ...refusal, detail: say.tooManyWaiting(most) };
  if (refusal.status === 429 && refusal.limit === 'waitingBytes') return { ...refusal, detail: say.tooMuchWaiting };
  if (refusal.status !== 503 || refusal.fields.language === undefined) return refusal;
  return localRefusal({ language: languageProblem(language, queue, say) ?? refusal.detail });
}
