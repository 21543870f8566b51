'use client';

import Link from 'next/link';
import type { JobSummary } from '#lib/schemas/job';
import type { JobQueue } from '#lib/schemas/job-queue';
import { visibleText } from '#lib/text/visible-text';
import { useFormat, useWords } from '../../language/use-language.ts';
import { useTimeZone } from '../../live/use-time-zone.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { JobState, toneOf } from '../job-state.tsx';
import { reasonOf, seconds } from '../reason.ts';
import { useNow } from '../use-now.ts';
import { jobWords } from '../words.ts';
import { listWords } from './words.ts';

type Props = {
  jobs: readonly JobSummary[];
  queue: JobQueue;
  servedAt: number;
  labelledBy: string;
  showsUsers: boolean;
  /** The one that is shown beside the list. */
  picked: number | null;
};

/** So long a job's age is told by the second. */
const YOUNG_MS = 120_000;

/** One line a job, the newest first. */
export function JobsTable({ jobs, queue, servedAt, labelledBy, showsUsers, picked }: Props) {
  const { columns } = useWords(listWords);
  const isLively = jobs.some(({ endedAt, queuedAt }) => endedAt === null || servedAt - queuedAt < YOUNG_MS);
  const now = useNow(servedAt, isLively ? 500 : 30_000);
  const titles: Column[] = [
    { title: columns.job },
    { title: columns.state },
    { title: columns.reason },
    ...(showsUsers ? [{ title: columns.user }] : []),
    { title: columns.code, isWide: true },
    { title: columns.queued },
    { title: columns.took, isNumber: true },
  ];
  const unserved = new Set(queue.languages.filter(({ workers }) => workers === 0).map(({ language }) => language));
  return (
    <DataTable labelledBy={labelledBy} columns={titles} className="lined jobs-table">
      {jobs.map((job) => (
        <Row
          key={job.id}
          job={unserved.has(job.language) ? withoutWorker(job) : withWorker(job)}
          now={now}
          showsUser={showsUsers}
          isPicked={picked === job.id}
        />
      ))}
    </DataTable>
  );
}

// Nothing is told of a job when its worker comes or goes; the queue tells it of the language.
const withoutWorker = (job: JobSummary): JobSummary =>
  job.waitingFor === null ? job : { ...job, waitingFor: 'worker' };
const withWorker = (job: JobSummary): JobSummary =>
  job.waitingFor === 'worker' ? { ...job, waitingFor: 'turn' } : job;

function Row({
  job,
  now,
  showsUser,
  isPicked,
}: {
  job: JobSummary;
  now: number;
  showsUser: boolean;
  isPicked: boolean;
}) {
  const { now: justNow } = useWords(listWords);
  const words = useWords(jobWords);
  const format = useFormat();
  const zone = useTimeZone();
  const { id, queuedAt, startedAt, endedAt } = job;
  const reason = reasonOf(job, words, format);
  const age = now - queuedAt;
  return (
    <tr className={isPicked ? 'on' : undefined}>
      <td>
        <Link href={`/jobs/${id}`} prefetch={false} aria-label={words.job(`${id}`)}>
          {id}
        </Link>
      </td>
      <td>
        <JobState job={job} />
      </td>
      <td className={`cut ${toneOf(job) === 'bad' ? 'bad-t' : 'dim'}`} title={reason ?? undefined}>
        {reason}
      </td>
      {showsUser && (
        <td className="cut" title={`uid ${job.uid}`}>
          {job.user}
        </td>
      )}
      <td className="cut wide" translate="no">
        <span className="tag">{job.language}</span> <code>{visibleText(job.firstLine)}</code>
      </td>
      <td className="dim">
        <time dateTime={new Date(queuedAt).toISOString()} title={format.clock(queuedAt, zone, 'moment')}>
          {age < 1_000 ? justNow : format.age(age)}
        </time>
      </td>
      <td className="num">{startedAt !== null && seconds(Math.max(0, (endedAt ?? now) - startedAt), format)}</td>
    </tr>
  );
}
