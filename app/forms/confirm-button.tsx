'use client';

import { type ReactNode, useState } from 'react';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { Dialog } from './dialog.tsx';
import { FormProblem } from './form-problem.tsx';
import { PassingButton } from './passing-button.tsx';
import type { Answer } from './send.ts';
import { useAction } from './use-action.ts';

type Props = {
  /** The button that asks. */
  label: ReactNode;
  /** What a screen reader says of it, where the label alone does not tell which one it is for. */
  name?: string;
  className?: string;
  disabled?: boolean;
  question: string;
  /** What happens then, and whether it can be undone. */
  children: ReactNode;
  /** The button that does it: a verb and its object. */
  verb: string;
  work: () => Promise<Answer>;
  done: (data: unknown) => void;
};

/** A button for what cannot be undone: it asks first, and shows in the dialog what was refused. */
export function ConfirmButton({ label, name, className = 'btn quiet', disabled = false, ...asked }: Props) {
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <PassingButton
        className={`${className} scripted`}
        aria-label={name}
        disabled={disabled}
        onClick={() => setAsking(true)}
      >
        {label}
      </PassingButton>
      {isAsking && <Confirmation {...asked} close={() => setAsking(false)} />}
    </>
  );
}

type Asked = Omit<Props, 'label' | 'name' | 'className' | 'disabled'> & { close: () => void };

function Confirmation({ question, children, verb, work, done, close }: Asked) {
  const { cancel } = useWords(commonWords);
  const { isPending, refusal, run } = useAction(work, (data) => {
    close();
    done(data);
  });
  return (
    <Dialog title={question} onClose={close}>
      <div className="sub">{children}</div>
      <FormProblem refusal={refusal} />
      <div className="actions">
        <button type="button" className="btn quiet" onClick={close}>
          {cancel}
        </button>
        <button type="button" className="btn danger" onClick={run} aria-busy={isPending || undefined}>
          {verb}
        </button>
      </div>
    </Dialog>
  );
}
