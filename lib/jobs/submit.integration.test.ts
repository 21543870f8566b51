import { expect, test } from 'vitest';
import { endJob } from './end-job.ts';
import { holdJobs } from './hold-jobs.ts';
import { ADA, ADMIN, BOB, END, jobsSuite, workerOf } from './jobs.fixture.ts';
import { readJobScript } from './read-job-script.ts';
import { submitJob } from './submit-job.ts';

const jobs = jobsSuite();

test('ids count from 1 in the order of submission, also when many come at once', async () => {
  const world = await jobs.world();
  expect([await world.submit(ADA), await world.submit(BOB)]).toEqual([1, 2]);
  const ids = await Promise.all(Array.from({ length: 200 }, (_, n) => world.submit(n % 2 === 0 ? ADA : BOB)));
  expect(ids).toEqual(Array.from({ length: 200 }, (_, n) => n + 3));
});

test('a job waits as it was submitted', async () => {
  const world = await jobs.world();
  const id = await world.submit(ADA, { language: 'bash', code: 'cat', input: 'é\0', retryable: true });
  expect(await world.read(id)).toEqual({
    id,
    uid: 1,
    user: 'ada',
    language: 'bash',
    firstLine: 'cat',
    status: 'WAITING',
    waitingFor: 'worker',
    reason: null,
    exitCode: null,
    detail: null,
    truncated: false,
    killed: 0,
    retryable: true,
    attempts: 0,
    queuedAt: expect.any(Number),
    startedAt: null,
    endedAt: null,
    executor: null,
    tier: null,
    result: '',
    stdout: '',
    stderr: '',
  });
  expect(await readJobScript(world.ctx, ADA, { id })).toEqual({
    language: 'bash',
    code: 'cat',
    input: 'é\0',
    retryable: true,
  });
});

test('fifty requests with one key are one job, whatever has become of it', async () => {
  const world = await jobs.world();
  const submit = (key: string, by = ADA) => submitJob(world.ctx, by, { code: 'print(1)' }, { key });
  const answers = await Promise.all(Array.from({ length: 50 }, () => submit('same')));
  expect(new Set(answers.map(({ id }) => id))).toEqual(new Set([1]));
  await world.taken();
  expect(await submit('same')).toEqual({ id: 1 });
  expect(await submit('other')).toEqual({ id: 2 });
  expect(await submit('same', BOB)).toEqual({ id: 3 });
  expect(await world.ctx.redis.zcard(world.ctx.keys.jobs.all)).toBe(3);
});

test('a key does not stand for two different jobs', async () => {
  const world = await jobs.world();
  await submitJob(world.ctx, ADA, { code: 'print(1)' }, { key: 'k' });
  const other = submitJob(world.ctx, ADA, { code: 'print(2)' }, { key: 'k' });
  await expect(other).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'Idempotency-Key' }] });
  await expect(submitJob(world.ctx, ADA, { code: '1' }, { key: 'ä b' })).rejects.toMatchObject({ code: 'invalid' });
});

test('a key stands for its job where it could not be submitted any more', async () => {
  const world = await jobs.world({ JOBS_WAITING_PER_USER: '1' });
  const submit = (code: string) => submitJob(world.ctx, ADA, { code }, { key: 'k' });
  const first = await submit('print(1)');
  await holdJobs(world.ctx, workerOf(['bash']), []);
  expect(await submit('print(1)')).toEqual(first);
  await expect(submit('print(2)')).rejects.toMatchObject({ code: 'invalid' });
  await expect(world.submit(ADA)).rejects.toMatchObject({ code: 'unavailable' });
});

test('who asks for a job by its key when it is not kept any more is told so, and it is not run again', async () => {
  const world = await jobs.world({ JOBS_KEEP: '1' });
  const submit = (code: string) => submitJob(world.ctx, ADA, { code }, { key: 'k' });
  const { id } = await submit('print(1)');
  await endJob(world.ctx, await world.taken(), END);
  expect(await submit('print(1)')).toEqual({ id });
  await world.submit(ADA);
  await endJob(world.ctx, await world.taken(), END);
  const gone = { code: 'ended', message: expect.stringMatching(/Job 1 .*not kept any more/) };
  await expect(submit('print(1)')).rejects.toMatchObject(gone);
  await expect(submit('print(2)')).rejects.toMatchObject({ code: 'invalid' });
  expect(await world.take()).toBeNull();
});

test('nobody submits in the name of somebody else', async () => {
  const world = await jobs.world();
  expect(await world.submit(ADA, { uid: 1 })).toBe(1);
  await expect(world.submit(ADA, { uid: 2 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(world.submit(ADMIN, { uid: 1 })).rejects.toMatchObject({ code: 'forbidden' });
});

test.each([
  ['no code', { code: '' }],
  ['code above 1 MiB', { code: 'é'.repeat(512 * 1024 + 1) }],
  ['input above 1 MiB', { input: 'x'.repeat(1024 * 1024 + 1) }],
  ['an unknown language', { language: 'cobol' as 'bash' }],
])('%s is refused', async (_name, job) => {
  const world = await jobs.world();
  await expect(world.submit(ADA, job)).rejects.toMatchObject({ code: 'invalid' });
  expect(await world.submit(ADA, { code: 'é'.repeat(512 * 1024), input: 'x'.repeat(1024 * 1024) })).toBe(1);
});

test('who has too many waiting is told when to come again, and nobody else is', async () => {
  const world = await jobs.world({ JOBS_WAITING_PER_USER: '3' });
  await Promise.all([1, 2, 3].map(() => world.submit(ADA)));
  const limit = { name: 'waitingJobs', most: 3, now: 3 };
  const message = expect.stringMatching(/3 jobs waiting.* may have 3/);
  await expect(world.submit(ADA)).rejects.toMatchObject({ code: 'limited', retryAfterSeconds: 5, limit, message });
  await world.submit(BOB);
  await world.taken();
  expect(await world.submit(ADA)).toBe(5);
});

test('what waits is bounded in bytes too', async () => {
  const world = await jobs.world();
  const large = { code: 'x'.repeat(1024 * 1024), input: 'x'.repeat(1024 * 1024) };
  for (let n = 0; n < 32; n += 1) await world.submit(ADA, large);
  const limit = { name: 'waitingBytes', most: 64 * 1024 * 1024, now: 64 * 1024 * 1024 };
  await expect(world.submit(ADA, large)).rejects.toMatchObject({ code: 'limited', limit });
  await world.taken();
  await world.submit(ADA, large);
});

test('where every worker refuses, nobody is left waiting', async () => {
  const world = await jobs.world();
  await holdJobs(world.ctx, workerOf([]), []);
  await expect(world.submit(ADA)).rejects.toMatchObject({ code: 'unavailable' });
  await holdJobs(world.ctx, workerOf(['python'], 'b'), []);
  expect(await world.submit(ADA)).toBe(1);
});

test('a language that no worker offers is refused while there are workers, and waits while there are none', async () => {
  const world = await jobs.world();
  expect(await world.submit(ADA, { language: 'node' })).toBe(1);
  await holdJobs(world.ctx, workerOf(['python', 'bash']), []);
  await expect(world.submit(ADA, { language: 'node' })).rejects.toMatchObject({
    code: 'unavailable',
    message: 'No worker here runs node; those that are there run python, bash',
    fields: [{ path: 'language' }],
  });
  expect(await world.submit(ADA, { language: 'bash' })).toBe(2);
  expect((await world.read(1)).waitingFor).toBe('worker');
});
