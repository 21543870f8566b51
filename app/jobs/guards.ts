import type { JobPage, JobScript, JobSummary, OutputSegment } from '#lib/schemas/job';
import type { JobCounts, JobQueue, JobWorker, MovedJobs } from '#lib/schemas/job-queue';
import { type Check, hasFields, isFlag, isNumber, isText, listOf, oneOf, orNull } from '../guards/checks.ts';

const language = oneOf('python', 'node', 'bash');
const isId: Check = (value) => typeof value === 'number' && value >= 1;
const isUid: Check = (value) => typeof value === 'number' && value >= 0;

export const isJobSummary = hasFields<JobSummary>({
  id: isId,
  uid: isUid,
  user: isText,
  language,
  firstLine: isText,
  status: oneOf('WAITING', 'RUNNING', 'DONE', 'ERROR'),
  waitingFor: orNull(oneOf('worker', 'quota', 'turn')),
  reason: orNull(oneOf('exit', 'timeout', 'oom', 'disk', 'output', 'cancelled', 'lost')),
  exitCode: orNull(isNumber),
  detail: orNull(isText),
  truncated: isFlag,
  killed: isNumber,
  retryable: isFlag,
  attempts: isNumber,
  queuedAt: isNumber,
  startedAt: orNull(isNumber),
  endedAt: orNull(isNumber),
  executor: orNull(isText),
  tier: orNull(isText),
});

export const isAboutJob = hasFields<{ job: JobSummary }>({ job: isJobSummary });

export const isJobPage = hasFields<JobPage>({ jobs: listOf(isJobSummary), next: orNull(isId), unreadable: isNumber });

export const isMovedJobs = hasFields<MovedJobs>({ jobs: listOf(isJobSummary), gone: listOf(isId) });

const counts = { waiting: isNumber, running: isNumber, ended: isNumber, failed: isNumber };

export const isJobQueue = hasFields<JobQueue>({
  ...counts,
  own: hasFields<JobCounts>(counts),
  languages: listOf(hasFields<JobQueue['languages'][number]>({ language, waiting: isNumber, workers: isNumber })),
  workers: listOf(
    hasFields<Omit<JobWorker, 'instance' | 'host' | 'pid'>>({
      executor: isText,
      tier: orNull(isText),
      missing: listOf(isText),
      languages: listOf(language),
      concurrency: isNumber,
    }),
  ),
  limits: hasFields<JobQueue['limits']>({
    waitingPerUser: isNumber,
    runningPerUser: isNumber,
    timeMs: isNumber,
    textBytes: isNumber,
  }),
});

export const isOutput = hasFields<{ segments: OutputSegment[] }>({
  segments: listOf(hasFields<OutputSegment>({ stream: oneOf('stdout', 'stderr'), text: isText })),
});

export const isJobScript = hasFields<JobScript>({ language, code: isText, input: isText, retryable: isFlag });
