import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { job, jobPage, jobScript, jobSummary, outputSegment } from '#lib/schemas/job';
import { jobQueue, movedJobs } from '#lib/schemas/job-queue';
import { spoiled } from '../guards/spoiled.fixture.ts';
import { isAboutJob, isJobPage, isJobQueue, isJobScript, isJobSummary, isMovedJobs, isOutput } from './guards.ts';

const ended: z.infer<typeof jobSummary> = {
  id: 1,
  uid: 0,
  user: 'ada',
  language: 'python',
  firstLine: 'import os',
  status: 'ERROR',
  waitingFor: 'turn',
  reason: 'exit',
  exitCode: 1,
  detail: 'a worker is gone',
  truncated: false,
  killed: 0,
  retryable: true,
  attempts: 1,
  queuedAt: 1,
  startedAt: 2,
  endedAt: 3,
  executor: 'local',
  tier: 'landlock',
};
const queue: z.infer<typeof jobQueue> = {
  waiting: 1,
  running: 1,
  ended: 1,
  failed: 1,
  own: { waiting: 1, running: 1, ended: 1, failed: 1 },
  languages: [{ language: 'node', waiting: 1, workers: 0 }],
  workers: [{ executor: 'local', tier: 'none', missing: ['bwrap'], languages: ['bash'], concurrency: 4 }],
  limits: { waitingPerUser: 1000, runningPerUser: 4, timeMs: 10_000, textBytes: 1024 },
};
const output = z.object({ segments: z.array(outputSegment) });

const pairs: [string, (value: unknown) => boolean, z.ZodType, unknown][] = [
  ['a job', isJobSummary, jobSummary, ended],
  ['what is about a job', isAboutJob, z.object({ job: jobSummary }), { job: ended }],
  ['a page of jobs', isJobPage, jobPage, { jobs: [ended], next: 1, unreadable: 0 }],
  ['jobs that moved', isMovedJobs, movedJobs, { jobs: [ended], gone: [1] }],
  ['the queue', isJobQueue, jobQueue, queue],
  ['output', isOutput, output, { segments: [{ stream: 'stderr', text: 'x' }] }],
  ['a script', isJobScript, jobScript, { language: 'bash', code: 'ls', input: '', retryable: false }],
];

describe.each(pairs)('the guard of %s', (_, guard, schema, value) => {
  test('takes what the schema takes', () => {
    expect([guard(value), schema.safeParse(value).success]).toEqual([true, true]);
  });

  test('refuses what the schema refuses', () => {
    for (const other of spoiled(value)) {
      expect([guard(other), other]).toEqual([schema.safeParse(other).success, other]);
    }
  });
});

test('a whole job is one in a list as well', () => {
  const whole: z.infer<typeof job> = { ...ended, result: '', stdout: '', stderr: '' };
  expect([isJobSummary(whole), job.safeParse(whole).success]).toEqual([true, true]);
});
