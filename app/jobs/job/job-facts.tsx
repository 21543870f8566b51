'use client';

import type { ReactNode } from 'react';
import type { JobSummary } from '#lib/schemas/job';
import { JOB_LIMITS } from '#lib/schemas/job-limits';
import { useFormat, useWords } from '../../language/use-language.ts';
import { useTimeZone } from '../../live/use-time-zone.ts';
import { mebibytes, reasonOf, seconds } from '../reason.ts';
import { useNow } from '../use-now.ts';
import { jobWords } from '../words.ts';
import { viewWords } from './words.ts';

type Props = { job: JobSummary; servedAt: number; limitMs: number };

/** When a job did what, how it ended, and what held it. */
export function JobFacts({ job, servedAt, limitMs }: Props) {
  const say = useWords(viewWords);
  const format = useFormat();
  const reason = reasonOf(job, useWords(jobWords), format);
  const now = useNow(servedAt, job.endedAt === null ? 200 : 60_000);
  const { queuedAt, startedAt, endedAt, status } = job;
  const waited = seconds(Math.max(0, (startedAt ?? endedAt ?? now) - queuedAt), format);
  const took = startedAt === null ? null : Math.max(0, (endedAt ?? now) - startedAt);
  return (
    <>
      <dl className="facts">
        <Fact term={say.queued}>
          <Moment at={queuedAt} now={now} /> {say.by(job.user, `${job.uid}`)}
        </Fact>
        <Fact term={status === 'WAITING' ? say.waiting : say.waited}>{waited}</Fact>
        {startedAt !== null && (
          <Fact term={say.started}>
            <Moment at={startedAt} now={now} />
          </Fact>
        )}
        {endedAt !== null && (
          <Fact term={say.ended}>
            <Moment at={endedAt} now={now} />
          </Fact>
        )}
        {took !== null && status === 'RUNNING' && (
          <Fact term={say.running}>{say.of(seconds(Math.min(took, limitMs), format), seconds(limitMs, format))}</Fact>
        )}
        {took !== null && endedAt !== null && <Fact term={say.took}>{seconds(took, format)}</Fact>}
        {job.exitCode !== null && <Fact term={say.exitCode}>{job.exitCode}</Fact>}
        {reason !== null && !isOnlyExit(job) && <Fact term={say.reason}>{reason}</Fact>}
        {job.killed > 0 && <Fact term={say.killed}>{format.whole(job.killed)}</Fact>}
        <Fact term={say.language}>
          <span translate="no">{job.language}</span>
        </Fact>
        {job.attempts > 1 && <Fact term={say.attempts}>{format.whole(job.attempts)}</Fact>}
        <Fact term={say.retryable}>{job.retryable ? say.startedAgain : say.notStartedAgain}</Fact>
        {job.tier !== null && (
          <Fact term={say.sandbox}>
            {job.tier === 'none' ? say.noSandbox : say.held(job.tier, mebibytes(JOB_LIMITS.memoryBytes, format))}
          </Fact>
        )}
        {job.executor !== null && (
          <Fact term={say.executor}>
            <span translate="no">{job.executor}</span>
          </Fact>
        )}
      </dl>
      {status === 'RUNNING' && took !== null && <TimeBar label={say.running} part={Math.min(1, took / limitMs)} />}
    </>
  );
}

/** Whether the exit code says all of how it ended. */
function isOnlyExit({ reason, exitCode }: JobSummary): boolean {
  return reason === 'exit' && (exitCode ?? 0) <= 128;
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Moment({ at, now }: { at: number; now: number }) {
  const { moment } = useFormat();
  return <time dateTime={new Date(at).toISOString()}>{moment(at, now, useTimeZone())}</time>;
}

/** How much of its time a job has used. */
function TimeBar({ label, part }: { label: string; part: number }) {
  const percent = Math.round(part * 100);
  return (
    <div
      className="timebar"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <i style={{ width: `${part * 100}%` }} />
    </div>
  );
}
