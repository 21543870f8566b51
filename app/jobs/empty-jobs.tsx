import type { ReactNode } from 'react';
import { pageWords } from '../language/page-language.ts';
import { jobWords } from './words.ts';

/** A page of jobs of which nothing is known yet, with the empty panels that it will have. */
export async function EmptyJobs({ children }: { children: ReactNode }) {
  const { jobs } = await pageWords(jobWords);
  return (
    <main id="content" aria-busy="true">
      <div className="bar">
        <h1>{jobs}</h1>
      </div>
      {children}
    </main>
  );
}
