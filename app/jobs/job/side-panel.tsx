'use client';

import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import type { JobSummary } from '#lib/schemas/job';
import { useFormat, useWords } from '../../language/use-language.ts';
import { Icon } from '../../ui/line-icon.tsx';
import { JobState } from '../job-state.tsx';
import { OutputPanel } from '../output/output-panel.tsx';
import { useFollower } from '../output/use-follower.ts';
import { reasonOf } from '../reason.ts';
import { jobWords } from '../words.ts';
import { CancelJob } from './cancel-job.tsx';
import { JobFacts } from './job-facts.tsx';
import { viewWords } from './words.ts';

/** A job that has just been submitted, beside the form that it came from: how it is, and what it writes. */
export function SidePanel({
  submitted,
  limitMs,
  close,
}: {
  submitted: JobSummary;
  limitMs: number;
  close: () => void;
}) {
  const say = useWords(viewWords);
  const words = useWords(jobWords);
  const format = useFormat();
  const followed = useFollower({ job: submitted, segments: [], after: '0-0' });
  const [said, setSaid] = useState('');
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What it returns is a promise in some browsers, and no cleanup.
    top.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const { job } = followed;
  const reason = reasonOf(job, words, format);
  return (
    <div className="stack beside" ref={top}>
      <section className="panel facts-panel" aria-labelledby="beside">
        <div className="head line">
          <h2 id="beside">
            <Link href={`/jobs/${job.id}`} prefetch={false}>
              {words.job(`${job.id}`)}
            </Link>
          </h2>
          <span role="status" className="row">
            <JobState job={job} />
            <span className="sr">{reason}</span>
          </span>
          <div className="grow" />
          <CancelJob job={job} said={setSaid} />
          <button type="button" className="btn quiet square" aria-label={say.close} title={say.close} onClick={close}>
            <Icon shape="close" />
          </button>
        </div>
        {said !== '' && (
          <p role="status" className="small sub said-so">
            {said}
          </p>
        )}
        <JobFacts job={job} servedAt={submitted.queuedAt} limitMs={limitMs} />
      </section>
      <OutputPanel followed={followed} />
    </div>
  );
}
