'use client';

import { useFormat, useWords } from '../../language/use-language.ts';
import { JobShape } from '../job-state.tsx';
import { jobWords } from '../words.ts';
import { useFeedView } from './feed-provider.tsx';
import { listWords } from './words.ts';

/** How busy it is, for whom it shows; and whether the page is as it is now. */
export function JobsSummary({ isForAll }: { isForAll: boolean }) {
  const say = useWords(listWords);
  const { link: links, signIn } = useWords(jobWords);
  const { whole } = useFormat();
  const { queue, link } = useFeedView();
  const { running, waiting } = isForAll ? queue : queue.own;
  const workers = queue.workers.filter(({ tier }) => tier !== null).length;
  return (
    <>
      <span className="row job-counts">
        <span className={`state job-state ${running > 0 ? 'run' : 'idle'}`}>
          <JobShape tone="run" />
          {say.running(whole(running))}
        </span>
        <span className="state job-state waiting">
          <JobShape tone="waiting" />
          {say.waiting(whole(waiting))}
        </span>
        <span className={`small ${workers === 0 ? 'warn-t' : 'dim'}`}>
          {workers === 0 ? say.noWorker : say.workers(workers, whole(workers))}
        </span>
      </span>
      <div className="grow" />
      <span
        role="status"
        className={`state pill scripted ${link === 'live' ? 'ok' : link === 'signed-out' ? 'warn' : 'idle'}`}
      >
        <svg viewBox="0 0 12 12" aria-hidden="true" className={link === 'live' ? 'pulse' : undefined}>
          <circle cx="6" cy="6" r="4" fill="currentColor" stroke="none" />
        </svg>
        {link === 'signed-out' ? <a href="/signin?next=/jobs">{signIn}</a> : links[link]}
      </span>
    </>
  );
}
