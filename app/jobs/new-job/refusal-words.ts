import type { JobLanguage } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import type { Format } from '../../format/format-for.ts';
import { IN_WORDS, inWords, localRefusal, type Refusal } from '../../forms/refusal.ts';
import type { newJobWords } from './words.ts';

type Words = (typeof newJobWords)['en'];

/** What is wrong with a language as the workers are now, and what to do; null while a job in it would be taken or may wait. */
export function languageProblem(language: JobLanguage, { workers }: JobQueue, say: Words): string | null {
  if (workers.length === 0 || workers.some(({ languages }) => languages.includes(language))) return null;
  if (workers.every(({ tier }) => tier === null)) return say.nothingConfines;
  const others = [...new Set(workers.flatMap(({ languages }) => languages))].join(', ');
  return say.noWorkerFor(language, others);
}

/** What the server has refused because of a quota, with what to do; anything else as it is. */
export function quotaWords(refusal: Refusal, say: Words, { whole, bytes }: Format): Refusal {
  const { limit } = refusal;
  const said = (detail: string): Refusal => ({ ...refusal, code: IN_WORDS, detail });
  if (limit?.name === 'waitingJobs') return said(say.tooManyWaiting(whole(limit.most)));
  if (limit?.name === 'waitingBytes') return said(say.tooMuchWaiting(bytes(limit.most)));
  return refusal;
}

/** The same, and beside the language where no worker has it. */
export function refusalWords(
  refusal: Refusal,
  { language, queue }: { language: JobLanguage; queue: JobQueue },
  say: Words,
  format: Format,
): Refusal {
  if (refusal.status !== 503 || refusal.fields.language === undefined) return quotaWords(refusal, say, format);
  const problem = languageProblem(language, queue, say);
  return localRefusal({ language: problem === null ? refusal.fields.language : inWords(problem) });
}
