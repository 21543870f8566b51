'use client';

import Link from 'next/link';
import { useWords } from '../language/use-language.ts';
import { PulseLine } from '../ui/pulse-line.tsx';
import { overviewWords } from './words.ts';

/** There are functions, but none that is asked for. */
export function NoMatch() {
  const say = useWords(overviewWords);
  return (
    <section className="panel empty" aria-label={say.noMatch}>
      <PulseLine />
      <h2>{say.noMatch}</h2>
      <p className="sub">{say.noMatchHint}</p>
      <Link className="btn" href="/" prefetch={false}>
        {say.showAll}
      </Link>
    </section>
  );
}
