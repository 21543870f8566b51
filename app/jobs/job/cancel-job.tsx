'use client';

import { useState } from 'react';
import type { JobSummary } from '#lib/schemas/job';
import { Dialog } from '../../forms/dialog.tsx';
import { FormProblem } from '../../forms/form-problem.tsx';
import { PassingButton } from '../../forms/passing-button.tsx';
import type { Refusal } from '../../forms/refusal.ts';
import { send } from '../../forms/send.ts';
import { useAction } from '../../forms/use-action.ts';
import { useFormat, useWords } from '../../language/use-language.ts';
import { isJobSummary } from '../guards.ts';
import { cancelPath } from '../rest.ts';
import { viewWords } from './words.ts';

type Props = { job: JobSummary; said: (text: string) => void };

/** Asks, then waits until none of the job's processes is left; what came of it is `said`. */
export function CancelJob({ job, said }: Props) {
  const say = useWords(viewWords);
  const [isAsking, setAsking] = useState(false);
  // The question stays when the job ends by itself meanwhile: closing it is up to who has opened it.
  const isOver = job.endedAt !== null;
  return (
    <>
      {!isOver && (
        <PassingButton className="btn danger scripted" onClick={() => setAsking(true)}>
          {say.cancel}
        </PassingButton>
      )}
      {isAsking && <Question job={job} said={said} close={() => setAsking(false)} />}
    </>
  );
}

function Question({ job, said, close }: Props & { close: () => void }) {
  const say = useWords(viewWords);
  const { whole } = useFormat();
  const work = () => send('POST', cancelPath(job.id));
  const { isPending, refusal, run } = useAction(work, (data) => {
    close();
    if (isJobSummary(data)) said(say.stopped(data.killed, whole(data.killed)));
  });
  return (
    <Dialog title={say.cancelQuestion(`${job.id}`)} onClose={close}>
      <p className="sub">{job.status === 'WAITING' ? say.cancelWaiting : say.cancelRunning}</p>
      <p role="status" className="state idle stopping">
        {isPending && say.stopping}
      </p>
      <FormProblem refusal={inWords(refusal, say)} />
      <div className="actions">
        <button type="button" className="btn quiet" onClick={close}>
          {job.endedAt === null ? say.keep : say.close}
        </button>
        <button
          type="button"
          className="btn danger"
          disabled={job.endedAt !== null && !isPending}
          aria-busy={isPending || undefined}
          onClick={run}
        >
          {say.cancel}
        </button>
      </div>
    </Dialog>
  );
}

function inWords(refusal: Refusal | null, { endedFirst }: (typeof viewWords)['en']): Refusal | null {
  return refusal?.status === 409 ? { ...refusal, detail: endedFirst } : refusal;
}
