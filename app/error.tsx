'use client';

import { useEffect } from 'react';
import { failedWords } from './error-words.ts';
import { useWords } from './language/use-language.ts';
import { PulseLine } from './ui/pulse-line.tsx';

/** An answer that broke off half-way is the usual cause, and the next one is whole. */
const AGAIN_MS = 3_000;

function digestOf(error: unknown): string | null {
  const digest = error instanceof Error && 'digest' in error ? error.digest : null;
  return typeof digest === 'string' ? digest : null;
}

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const say = useWords(failedWords);
  const digest = digestOf(error);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each further error is waited for and tried again.
  useEffect(() => {
    const timer = setTimeout(retry, AGAIN_MS);
    return () => clearTimeout(timer);
  }, [error, retry]);
  return (
    <main id="content" className="lone">
      <section className="panel empty" role="alert">
        <PulseLine />
        <h1>{say.failed}</h1>
        <p className="sub">
          {say.goesOn}
          {digest !== null && (
            <>
              {' '}
              {say.logHas} <code translate="no">{digest}</code>.
            </>
          )}
        </p>
        <button type="button" className="btn primary" onClick={retry}>
          {say.again}
        </button>
      </section>
    </main>
  );
}
