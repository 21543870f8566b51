'use client';

import { useState } from 'react';
import type { JobScript, JobSummary } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { useWords } from '../language/use-language.ts';
import { SidePanel } from './job/side-panel.tsx';
import { FeedProvider } from './list/feed-provider.tsx';
import { JobsPanel, type ListProps } from './list/jobs-panel.tsx';
import { jobsPath } from './list/jobs-path.ts';
import { JobsSummary } from './list/jobs-summary.tsx';
import { NewJob } from './new-job/new-job.tsx';
import { jobWords } from './words.ts';

type Props = {
  list: ListProps;
  queue: JobQueue;
  from: { id: number; script: JobScript } | null;
  hasNetwork: boolean;
};

/** The form, the list, and the job that was submitted last beside them. */
export function JobsPage({ list, queue, from, hasNetwork }: Props) {
  const { jobs } = useWords(jobWords);
  const [submitted, setSubmitted] = useState<JobSummary | null>(null);
  return (
    <FeedProvider queue={queue}>
      <main id="content">
        <div className="bar">
          <h1>{jobs}</h1>
          <JobsSummary isForAll={list.users !== null} />
        </div>
        <div className="jobs" data-beside={submitted !== null || undefined}>
          <NewJob key={from?.id ?? 'new'} from={from} hasNetwork={hasNetwork} onSubmitted={setSubmitted} />
          {submitted !== null && (
            <SidePanel
              key={submitted.id}
              submitted={submitted}
              limitMs={queue.limits.timeMs}
              close={() => setSubmitted(null)}
            />
          )}
          <JobsPanel key={jobsPath(list.query)} {...list} picked={submitted?.id ?? null} />
        </div>
      </main>
    </FeedProvider>
  );
}
