'use client';

import '../styles/forms.css';
import type { ReactNode } from 'react';
import { type Refusal, restOf } from './refusal.ts';

type Props = {
  refusal: Refusal | null;
  /** Paths of the fields that show their own problems. */
  shown?: readonly string[];
};

/** What was refused for a reason that belongs to no field of the form. */
export function FormProblem({ refusal, shown = [] }: Props): ReactNode {
  const text = refusal === null ? null : restOf(refusal, shown);
  return (
    <div role="alert" className="form-problem">
      {text !== null && (
        <p className="hint err">
          {text}
          {refusal?.status === 401 && (
            <>
              {' '}
              {/* A whole page load: whoever signs in may be somebody else. */}
              <a href={`/signin?next=${encodeURIComponent(location.pathname + location.search)}`}>Sign in</a>
            </>
          )}
        </p>
      )}
    </div>
  );
}
