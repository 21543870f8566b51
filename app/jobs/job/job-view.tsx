'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useFormat, useWords } from '../../language/use-language.ts';
import { JobState } from '../job-state.tsx';
import type { ServedJob } from '../output/job-follower.ts';
import { OutputPanel } from '../output/output-panel.tsx';
import { useFollower } from '../output/use-follower.ts';
import { reasonOf } from '../reason.ts';
import { fetchScript } from '../rest.ts';
import { jobWords } from '../words.ts';
import { CancelJob } from './cancel-job.tsx';
import { JobFacts } from './job-facts.tsx';
import { RunAgain } from './run-again.tsx';
import type { ShownText } from './shown-text.ts';
import { TextPanel } from './text-panel.tsx';
import { viewWords } from './words.ts';

type Props = {
  served: ServedJob;
  code: ShownText;
  /** Null: it was given none. */
  input: ShownText | null;
  servedAt: number;
  limitMs: number;
};

/** One job as it goes on, with all that is known of it. */
export function JobView({ served, code, input, servedAt, limitMs }: Props) {
  const say = useWords(viewWords);
  const words = useWords(jobWords);
  const format = useFormat();
  const followed = useFollower(served);
  const [said, setSaid] = useState('');
  const { job } = followed;
  const reason = reasonOf(job, words, format);
  const scriptOf = async (part: 'code' | 'input') => {
    const script = await fetchScript(job.id);
    if (!script.ok) throw new Error(`${script.status}`);
    return script.data[part];
  };
  return (
    <main id="content">
      <div className="bar job-bar">
        <nav className="crumb">
          <Link href="/jobs" prefetch={false}>
            {words.jobs}
          </Link>
          <span aria-hidden="true">/</span>
          <h1>{words.job(`${job.id}`)}</h1>
        </nav>
        <span role="status" className="row">
          <JobState job={job} />
          <span className={`small ${job.status === 'ERROR' && job.reason !== 'cancelled' ? 'bad-t' : 'sub'}`}>
            {reason}
          </span>
        </span>
        <span role="status" className="small sub">
          {said}
        </span>
        <div className="grow" />
        <div className="row job-actions">
          <CancelJob job={job} said={setSaid} />
          {job.endedAt !== null && <RunAgain {...job} />}
        </div>
      </div>
      <div className="job">
        <div className="stack">
          <OutputPanel followed={followed} />
          <TextPanel title={say.script} text={code} whole={() => scriptOf('code')} />
        </div>
        <div className="stack">
          <section className="panel facts-panel" aria-labelledby="facts">
            <div className="head">
              <h2 id="facts">{say.facts}</h2>
            </div>
            <JobFacts job={job} servedAt={servedAt} limitMs={limitMs} />
          </section>
          {input === null ? (
            <section className="panel given-none">
              <div className="head">
                <h2>{say.input}</h2>
              </div>
              <p className="none">{say.noInput}</p>
            </section>
          ) : (
            <TextPanel title={say.input} text={input} whole={() => scriptOf('input')} />
          )}
        </div>
      </div>
    </main>
  );
}
