'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import type { JobSummary } from '#lib/schemas/job';
import { FormProblem } from '../../forms/form-problem.tsx';
import { NO_ANSWER, type Refusal } from '../../forms/refusal.ts';
import { type Answer, send } from '../../forms/send.ts';
import { useAction } from '../../forms/use-action.ts';
import { sentence } from '../../language/sentence.ts';
import { useFormat, useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { isJobSummary } from '../guards.ts';
import { editPath } from '../list/jobs-path.ts';
import { quotaWords } from '../new-job/refusal-words.ts';
import { submissionKey } from '../new-job/submission-key.ts';
import { newJobWords } from '../new-job/words.ts';
import { fetchScript, SUBMIT } from '../rest.ts';
import { jobWords } from '../words.ts';
import { viewWords } from './words.ts';

/** Submits the same script and input, and leads to the job that comes of it; or to the form, to change them first. */
export function RunAgain({ id, language }: Pick<JobSummary, 'id' | 'language'>) {
  const say = useWords(viewWords);
  const { waits } = useWords(jobWords);
  const quota = useWords(newJobWords);
  const format = useFormat();
  const router = useRouter();
  const keyOf = useRef(submissionKey());
  const work = async (): Promise<Answer> => {
    const script = await fetchScript(id);
    if (!script.ok) return { ok: false, refusal: { ...NO_ANSWER, status: script.status } };
    const answer = await send('POST', SUBMIT, { body: script.data, idempotencyKey: keyOf.current.of(script.data) });
    keyOf.current.answered(answer);
    return answer;
  };
  const { isPending, refusal, run } = useAction(work, (data) => {
    if (isJobSummary(data)) router.push(`/jobs/${data.id}`);
  });
  const inWords = (refused: Refusal): Refusal => {
    const isAboutLanguage = refused.status === 503 && refused.fields.language !== undefined;
    if (isAboutLanguage) return { ...refused, detail: sentence(waits.worker(language)), fields: {} };
    return quotaWords(refused, quota, format);
  };
  return (
    <>
      <FormProblem refusal={refusal === null ? null : inWords(refusal)} />
      <Link className="btn scripted" href={editPath(id)} prefetch={false}>
        <Icon shape="pencil" />
        {say.edit}
      </Link>
      <button type="button" className="btn primary scripted" aria-busy={isPending || undefined} onClick={run}>
        {say.runAgain}
      </button>
    </>
  );
}
