'use client';

import '../styles/forms.css';
import type { ReactNode } from 'react';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import type { Refusal } from './refusal.ts';
import { hasMore, RefusalText } from './refusal-text.tsx';

type Props = {
  refusal: Refusal | null;
  /** Paths of the fields that show their own problems. */
  shown?: readonly string[];
};

/** What was refused for a reason that belongs to no field of the form. */
export function FormProblem({ refusal, shown = [] }: Props): ReactNode {
  const { signIn } = useWords(commonWords);
  return (
    <div role="alert" className="form-problem">
      {refusal !== null && hasMore(refusal, shown) && (
        <p className="hint err">
          <RefusalText refusal={refusal} shown={shown} />
          {refusal.status === 401 && (
            <>
              {' '}
              {/* A whole page load: whoever signs in may be somebody else. */}
              <a href={`/signin?next=${encodeURIComponent(location.pathname + location.search)}`}>{signIn}</a>
            </>
          )}
        </p>
      )}
    </div>
  );
}
