'use client';

import { type ReactNode, useId } from 'react';
import '../styles/forms.css';
import type { Wrong } from './refusal.ts';
import { WrongText } from './refusal-text.tsx';

/** What ties a control to its label, its hint and what is wrong with it. */
type Control = {
  id: string;
  name: string;
  className: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
};

type Props = {
  /** The path of the field in the API's input. */
  name: string;
  label: ReactNode;
  hint?: ReactNode;
  problem?: Wrong | undefined;
  /** Spread over the `<input>`, `<select>` or `<textarea>`. */
  children: (control: Control) => ReactNode;
};

/** One labelled control, with what is wrong with it beside it. */
export function Field({ name, label, hint, problem, children }: Props) {
  const id = useId();
  const described = [problem === undefined ? null : `${id}-problem`, hint === undefined ? null : `${id}-hint`];
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        name,
        className: 'in',
        'aria-describedby': described.filter((each) => each !== null).join(' ') || undefined,
        'aria-invalid': problem === undefined ? undefined : true,
      })}
      {problem !== undefined && (
        <p className="hint err" id={`${id}-problem`}>
          <WrongText path={name} wrong={problem} />
        </p>
      )}
      {hint !== undefined && (
        <div className="hint" id={`${id}-hint`}>
          {hint}
        </div>
      )}
    </div>
  );
}
