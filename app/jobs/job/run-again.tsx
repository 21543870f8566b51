'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { FormProblem } from '../../forms/form-problem.tsx';
import { NO_ANSWER } from '../../forms/refusal.ts';
import { type Answer, send } from '../../forms/send.ts';
import { useAction } from '../../forms/use-action.ts';
import { useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { isJobSummary } from '../guards.ts';
import { editPath } from '../list/jobs-path.ts';
import { submissionKey } from '../new-job/submission-key.ts';
import { fetchScript, SUBMIT } from '../rest.ts';
import { viewWords } from './words.ts';

/** Submits the same script and input, and leads to the job that comes of it; or to the form, to change them first. */
export function RunAgain({ id }: { id: number }) {
  const say = useWords(viewWords);
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
  return (
    <>
      <FormProblem refusal={refusal} />
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
