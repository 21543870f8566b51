import { expect, test } from 'vitest';
import type { JobQueue } from '#lib/schemas/job-queue';
import { formatFor } from '../../format/format-for.ts';
import { inWords, parseRefusal, type Refusal } from '../../forms/refusal.ts';
import { refusalTold } from '../../forms/told.ts';
import { languageProblem, refusalWords } from './refusal-words.ts';
import { newJobWords } from './words.ts';

const say = newJobWords.en;
const worker = (languages: JobQueue['workers'][number]['languages'], tier: string | null = 'landlock') => {
  return { executor: 'local', tier, missing: [], languages, concurrency: 4 };
};
const queueWith = (...workers: JobQueue['workers']): JobQueue => ({
  waiting: 0,
  running: 0,
  ended: 0,
  failed: 0,
  own: { waiting: 0, running: 0, ended: 0, failed: 0 },
  languages: [],
  workers,
  limits: { waitingPerUser: 1000, runningPerUser: 4, timeMs: 10_000, textBytes: 1024 },
});
const refused = (status: number, problem: object, queue = queueWith(worker(['python']))) =>
  refusalWords(parseRefusal(status, problem, '5'), { language: 'bash', queue }, say, formatFor('en'));

const told = (refusal: Refusal) =>
  refusalTold(refusal, 'en')
    .map(({ text }) => text)
    .join(' ');

test('a language that no worker has is wrong, and another one is named; with no worker at all a job may wait', () => {
  expect(languageProblem('bash', queueWith(worker(['python', 'node'])), say)).toBe(
    'No worker runs bash now. Choose python, node, or start a worker that has bash.',
  );
  expect(languageProblem('node', queueWith(worker(['python']), worker(['node'])), say)).toBeNull();
  expect(languageProblem('bash', queueWith(), say)).toBeNull();
  expect(languageProblem('bash', queueWith(worker([], null)), say)).toBe(say.nothingConfines);
});

test('a quota is said with what to do', () => {
  const jobs = refused(429, { detail: 'no', limit: { name: 'waitingJobs', most: 1000, now: 1000 } });
  expect(told(jobs)).toBe(
    'The limit of your waiting jobs is reached (1,000). Wait until some have started, or cancel some.',
  );
  const bytes = refused(429, { detail: 'no', limit: { name: 'waitingBytes', most: 64 * 1024 ** 2, now: 1 } });
  expect(told(bytes)).toContain('64.0 MiB');
});

test('what was refused because of its language stands beside it', () => {
  const problem = {
    detail: 'No worker here runs bash',
    fields: [{ path: 'language', message: 'is not run', code: 'x' }],
  };
  expect(refused(503, problem).fields).toEqual({
    language: inWords(languageProblem('bash', queueWith(worker(['python'])), say) ?? ''),
  });
  // A worker that has come meanwhile: what the server said is still what was.
  expect(refused(503, problem, queueWith(worker(['bash']))).fields).toEqual({
    language: { code: 'x', limit: undefined, message: 'is not run' },
  });
});

test('anything else is said as the server said it', () => {
  expect(told(refused(503, { detail: 'Redis cannot be reached' }))).toBe('Redis cannot be reached.');
});
