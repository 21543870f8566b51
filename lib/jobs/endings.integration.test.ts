import { expect, test } from 'vitest';
import { appendOutput } from './append-output.ts';
import { cancelJob } from './cancel-job.ts';
import { endJob } from './end-job.ts';
import { endLostJobs } from './end-lost-jobs.ts';
import { handBackJob } from './hand-back-job.ts';
import { holdJobs } from './hold-jobs.ts';
import { ADA, ADMIN, BOB, END, jobsSuite } from './jobs.fixture.ts';
import { readJobScript } from './read-job-script.ts';

const jobs = jobsSuite();
const WORKER = {
  instance: 'a',
  host: 'h',
  pid: 1,
  executor: 'local',
  tier: 'bubblewrap',
  missing: [],
  languages: [],
  concurrency: 1,
};

test.each([
  [{ ...END }, 'DONE'],
  [{ ...END, exitCode: 3 }, 'ERROR'],
  [{ ...END, reason: 'timeout', exitCode: null, killed: 2 } as const, 'ERROR'],
  [{ ...END, reason: 'output', exitCode: null, truncated: true, killed: 1 } as const, 'ERROR'],
  [{ ...END, reason: 'lost', exitCode: null, detail: 'no bash' } as const, 'ERROR'],
])('%o is %s', async (end, status) => {
  const world = await jobs.world();
  await world.submit(ADA);
  expect(await endJob(world.ctx, await world.taken(), end)).toBe(true);
  expect(await world.read(1)).toMatchObject({ ...end, status, tier: 'none', endedAt: expect.any(Number) });
});

test('a job ends once; what comes late changes nothing', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const run = await world.taken();
  expect(await endJob(world.ctx, { ...run, run: 'another' }, { ...END, exitCode: 1 })).toBe(false);
  const answers = await Promise.all([endJob(world.ctx, run, END), endJob(world.ctx, run, { ...END, exitCode: 9 })]);
  expect(answers).toEqual([true, false]);
  const late = { ...run, piece: 1, segments: [{ stream: 'stdout', text: 'late' } as const] };
  expect(await appendOutput(world.ctx, late)).toBe(false);
  expect(await world.read(1)).toMatchObject({ exitCode: 0, status: 'DONE', result: '' });
});

test('a job whose worker has gone silent is lost after some looks, and its late result is dropped', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const run = await world.taken();
  await world.lookForLostJobs(5);
  expect((await world.read(1)).status).toBe('RUNNING');
  await world.lookForLostJobs(1);
  expect(await world.read(1)).toMatchObject({ status: 'ERROR', reason: 'lost', detail: 'its worker was lost' });
  expect(await endJob(world.ctx, run, END)).toBe(false);
  await world.expectNothingHeld();
});

test('many who look at once are one look, and a worker that says that it is there is looked at anew', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const run = await world.taken();
  await Promise.all(Array.from({ length: 20 }, () => endLostJobs(world.ctx)));
  await world.lookForLostJobs(4);
  expect(await holdJobs(world.ctx, WORKER, [run])).toEqual({ gone: [], unwanted: [], waiting: 0 });
  await world.lookForLostJobs(5);
  expect((await world.read(1)).status).toBe('RUNNING');
});

test('only a job that was submitted as retryable is started again: three times, and under another run', async () => {
  const world = await jobs.world();
  await world.submit(ADA, { retryable: true });
  const runs = [];
  for (const attempt of [1, 2, 3]) {
    const run = await world.taken();
    runs.push(run);
    await appendOutput(world.ctx, { ...run, piece: 1, segments: [{ stream: 'stdout', text: `try ${attempt}` }] });
    await world.lookForLostJobs(6);
  }
  expect(await world.read(1)).toMatchObject({ status: 'ERROR', reason: 'lost', attempts: 3, result: 'try 3' });
  const answers = await Promise.all(runs.map((run) => endJob(world.ctx, run, END)));
  expect(answers).toEqual([false, false, false]);
});

test('a worker that was given up on is told so', async () => {
  const world = await jobs.world();
  await world.submit(ADA, { retryable: true });
  const run = await world.taken();
  await world.lookForLostJobs(6);
  const again = await world.taken();
  expect(again.id).toBe(run.id);
  expect(await holdJobs(world.ctx, WORKER, [run])).toMatchObject({ gone: [run.run] });
  expect(await endJob(world.ctx, run, { ...END, exitCode: 7 })).toBe(false);
  expect(await endJob(world.ctx, again, END)).toBe(true);
});

test.each([
  [false, { status: 'ERROR', reason: 'lost', detail: 'stopped' }],
  [true, { status: 'WAITING', reason: null, attempts: 1, startedAt: null }],
])('what a worker hands back, retryable %s', async (retryable, then) => {
  const world = await jobs.world();
  await world.submit(ADA, { retryable });
  expect(await handBackJob(world.ctx, await world.taken(), 'stopped')).toBe(retryable);
  expect(await world.read(1)).toMatchObject(then);
});

test('a job that is cancelled while its worker is lost is not started again', async () => {
  const world = await jobs.world();
  await world.submit(ADA, { retryable: true });
  const run = await world.taken();
  const cancelling = cancelJob(world.ctx, ADA, { id: 1 });
  await expect.poll(async () => (await holdJobs(world.ctx, WORKER, [run])).unwanted).toEqual([run.run]);
  await world.lookForLostJobs(6);
  expect(await cancelling).toMatchObject({ reason: 'cancelled', status: 'ERROR' });
});

test('a waiting job is cancelled once', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const answers = await Promise.allSettled([1, 2].map(() => cancelJob(world.ctx, ADA, { id: 1 })));
  expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(answers[0]).toMatchObject({ value: { status: 'ERROR', reason: 'cancelled', killed: 0, startedAt: null } });
  await expect(cancelJob(world.ctx, ADMIN, { id: 1 })).rejects.toMatchObject({ code: 'ended' });
});

test('who cancels a job that comes to its own end first is told that it has ended', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const run = await world.taken();
  const cancelling = cancelJob(world.ctx, ADA, { id: 1 });
  await expect.poll(async () => (await holdJobs(world.ctx, WORKER, [run])).unwanted).toEqual([run.run]);
  await endJob(world.ctx, run, END);
  await expect(cancelling).rejects.toMatchObject({ code: 'ended' });
  expect((await world.read(1)).status).toBe('DONE');
});

test('of somebody else nobody learns more than of a job that never was', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const refusal = async (work: Promise<unknown>) => await work.catch(({ code, message }) => ({ code, message }));
  const verbs = [cancelJob, readJobScript];
  for (const verb of verbs) {
    expect(await refusal(verb(world.ctx, BOB, { id: 1 }))).toEqual({
      code: 'not_found',
      message: 'There is no such job',
    });
    const missing = await Promise.all([99, 0, 1.5, Number.NaN].map((id) => refusal(verb(world.ctx, ADMIN, { id }))));
    expect(new Set(missing.map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"code":"not_found","message":"There is no such job"}']),
    );
  }
  expect((await world.read(1)).status).toBe('WAITING');
  expect(await cancelJob(world.ctx, ADMIN, { id: 1 })).toMatchObject({ reason: 'cancelled' });
});
