'use client';

import Link from 'next/link';
import { useId } from 'react';
import { useFormat, useWords } from '../../language/use-language.ts';
import { CopyCommand } from '../../ui/copy-command.tsx';
import { PulseLine } from '../../ui/pulse-line.tsx';
import { useFeedView } from './feed-provider.tsx';
import type { JobList, JobQuery } from './job-list.ts';
import { JobsFilter, type KnownUsers } from './jobs-filter.tsx';
import { jobsPath } from './jobs-path.ts';
import { JobsTable } from './jobs-table.tsx';
import { useJobList } from './use-job-list.ts';
import { listWords } from './words.ts';

export type ListProps = { served: JobList; query: JobQuery; users: KnownUsers; servedAt: number };

/** The jobs that were asked for, as they are now. */
export function JobsPanel({ served, query, users, servedAt, picked }: ListProps & { picked: number | null }) {
  const say = useWords(listWords);
  const { whole } = useFormat();
  const { queue } = useFeedView();
  const { jobs, next, unreadable } = useJobList(served, query);
  const id = useId();
  const isFiltered = [query.status, query.language, query.uid, query.before].some((each) => each !== undefined);
  const { waiting, running, ended } = users === null ? queue.own : queue;
  const all = waiting + running + ended;
  return (
    <section className="panel" aria-labelledby={id}>
      <div className="head">
        <h2 id={id}>{users === null ? say.yours : say.all}</h2>
        <div className="grow" />
        <JobsFilter key={jobsPath(query)} query={query} users={users} />
      </div>
      {jobs.length > 0 ? (
        <JobsTable
          jobs={jobs}
          queue={queue}
          servedAt={servedAt}
          labelledBy={id}
          showsUsers={users !== null}
          picked={picked}
        />
      ) : isFiltered || next !== null ? (
        <p className="none">
          {next === null ? say.noMatch : say.noMatchHere}{' '}
          {isFiltered && (
            <Link href="/jobs" prefetch={false}>
              {say.clear}
            </Link>
          )}
        </p>
      ) : (
        <div className="empty lined">
          <PulseLine />
          <p className="sub">{say.none}</p>
          <CopyCommand command="vigia jobs submit script.py --follow" />
          <p className="small dim">{say.bySelf}</p>
        </div>
      )}
      {unreadable > 0 && <p className="none">{say.unreadable(unreadable, whole(unreadable))}</p>}
      {(jobs.length > 0 || next !== null || query.before !== undefined) && (
        <nav className="foot" aria-label={say.pages}>
          <span className="small dim">
            {isFiltered || all <= jobs.length
              ? say.shown(jobs.length, whole(jobs.length))
              : say.shownOf(whole(jobs.length), whole(all))}
          </span>
          <div className="grow" />
          {query.before !== undefined && (
            <Link className="btn quiet" href={jobsPath({ ...query, before: undefined })} prefetch={false}>
              {say.newest}
            </Link>
          )}
          {next !== null && (
            <Link className="btn" href={jobsPath({ ...query, before: next })} prefetch={false}>
              {say.older}
            </Link>
          )}
        </nav>
      )}
    </section>
  );
}
