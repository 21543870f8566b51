import type { JobSummary } from '#lib/schemas/job';

const SHAPES = {
  waiting: <circle cx="6" cy="6" r="4.4" strokeDasharray="1.6 1.8" />,
  run: (
    <>
      <circle cx="6" cy="6" r="4.4" className="rest" />
      <path d="M6 1.6A4.4 4.4 0 0 1 10.4 6" />
    </>
  ),
  ok: (
    <>
      <circle cx="6" cy="6" r="5.2" fill="currentColor" stroke="none" />
      <path d="M3.7 6.1l1.6 1.6 3-3.2" className="on" />
    </>
  ),
  bad: <path d="M2.4 2.4l7.2 7.2M9.6 2.4L2.4 9.6" strokeWidth="2" />,
  idle: (
    <>
      <circle cx="6" cy="6" r="4.4" />
      <path d="M4 6h4" />
    </>
  ),
} as const;

type JobTone = keyof typeof SHAPES;

/** How a job's state looks; one that was cancelled is an error to the API, but nothing went wrong. */
export function toneOf({ status, reason }: Pick<JobSummary, 'status' | 'reason'>): JobTone {
  if (status === 'WAITING') return 'waiting';
  if (status === 'RUNNING') return 'run';
  if (status === 'DONE') return 'ok';
  return reason === 'cancelled' ? 'idle' : 'bad';
}

export function JobShape({ tone }: { tone: JobTone }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true">
      {SHAPES[tone]}
    </svg>
  );
}

/** Shape, tone and the API's word. */
export function JobState({ job }: { job: Pick<JobSummary, 'status' | 'reason'> }) {
  const tone = toneOf(job);
  return (
    <span className={`state job-state ${tone}`} translate="no">
      <JobShape tone={tone} />
      {job.status}
    </span>
  );
}
