'use client';

import { useFormat, useWords } from '../../language/use-language.ts';
import { StateShape } from '../../ui/state-mark.tsx';
import { JobShape, type JobTone } from '../job-state.tsx';
import { jobWords } from '../words.ts';
import { useFeedView } from './feed-provider.tsx';
import { listWords } from './words.ts';

/** How many jobs are in which state, of those that are shown here; and whether the page is as it is now. */
export function JobsSummary({ isForAll }: { isForAll: boolean }) {
  const say = useWords(listWords);
  const { link: links, signIn } = useWords(jobWords);
  const { whole } = useFormat();
  const { queue, link } = useFeedView();
  const { running, waiting, ended, failed } = isForAll ? queue : queue.own;
  const done = ended - failed;
  const workers = queue.workers.filter(({ tier }) => tier !== null).length;
  return (
    <>
      <span className="row job-counts">
        <Count tone="run" isQuiet={running === 0} text={say.running(whole(running))} />
        <Count tone="waiting" text={say.waiting(whole(waiting))} />
        {done > 0 && <Count tone="ok" text={say.done(done, whole(done))} />}
        {failed > 0 && <Count tone="bad" text={say.failed(whole(failed))} />}
        <span className={`small ${workers === 0 ? 'warn-t' : 'dim'}`}>
          {workers === 0 ? say.noWorker : say.workers(workers, whole(workers))}
        </span>
      </span>
      <div className="grow" />
      <span
        role="status"
        className={`state pill scripted ${link === 'live' ? 'ok' : link === 'signed-out' ? 'warn' : 'idle'}`}
      >
        <StateShape tone="ok" pulse={link === 'live'} />
        {link === 'signed-out' ? <a href="/signin?next=/jobs">{signIn}</a> : links[link]}
      </span>
    </>
  );
}

function Count({ tone, isQuiet = false, text }: { tone: JobTone; isQuiet?: boolean; text: string }) {
  return (
    <span className={`state job-state ${isQuiet ? 'idle' : tone}`}>
      <JobShape tone={tone} />
      {text}
    </span>
  );
}
