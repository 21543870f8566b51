'use client';

import type { ReactNode } from 'react';
import '../styles/forms.css';
import type { Form } from './use-form.ts';

type Props = {
  form: Pick<Form, 'isReady' | 'isPending'>;
  children: ReactNode;
  tone?: 'primary' | 'danger' | 'quiet';
  disabled?: boolean;
};

/** Sends its form; while that is under way it says so, keeps its width and cannot be pressed again. */
export function SubmitButton({ form: { isReady, isPending }, children, tone = 'primary', disabled = false }: Props) {
  return (
    <button
      type="submit"
      className={`btn ${tone}`}
      // Not while it is sent: that would take the focus away from it.
      disabled={!isReady || disabled}
      aria-disabled={isPending || undefined}
      aria-busy={isPending || undefined}
    >
      {children}
    </button>
  );
}
