'use client';

import { PulseLine } from './ui/pulse-line.tsx';

function digestOf(error: unknown): string | null {
  const digest = error instanceof Error && 'digest' in error ? error.digest : null;
  return typeof digest === 'string' ? digest : null;
}

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = digestOf(error);
  return (
    <main id="content" className="lone">
      <section className="panel empty" role="alert">
        <PulseLine />
        <h1>This page failed</h1>
        <p className="sub">
          Functions go on running; only the page is missing.
          {digest !== null && (
            <>
              {' '}
              The log has more under <code>{digest}</code>.
            </>
          )}
        </p>
        <button type="button" className="btn primary" onClick={retry}>
          Load it again
        </button>
      </section>
    </main>
  );
}
