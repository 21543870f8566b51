import { expect, test } from 'vitest';
import { cancelJob } from './cancel-job.ts';
import { endJob } from './end-job.ts';
import { holdJobs } from './hold-jobs.ts';
import { ADA, ADMIN, BOB, END, jobsSuite, workerOf } from './jobs.fixture.ts';
import { readQueue } from './read-queue.ts';

const jobs = jobsSuite();

test('one user with a thousand jobs makes another wait for one of them, not for all', async () => {
  const world = await jobs.world({ JOBS_RUNNING_PER_USER: '1000' });
  await Promise.all(Array.from({ length: 1_000 }, () => world.submit(ADA)));
  const first = await world.submit(BOB);
  const second = await world.submit(BOB);
  const order = [await world.taken(), await world.taken(), await world.taken(), await world.taken()];
  expect(order.map(({ uid }) => uid)).toEqual([1, 2, 1, 2]);
  expect(order.map(({ id }) => id)).toEqual([1, first, 2, second]);
});

test('each job is taken once, however many take at once', async () => {
  const world = await jobs.world({ JOBS_RUNNING_PER_USER: '1000' });
  await Promise.all(Array.from({ length: 100 }, () => world.submit(ADA)));
  const taken = await Promise.all(Array.from({ length: 120 }, () => world.take()));
  const ids = taken.filter((job) => job !== null).map(({ id }) => id);
  expect(ids.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
});

test('who asks again because no answer came is given the same job', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  await world.submit(ADA);
  const answers = [await world.take('r'), await world.take('r')];
  expect(answers.map((job) => job?.id)).toEqual([1, 1]);
  expect((await world.read(1)).attempts).toBe(1);
  expect((await world.read(2)).status).toBe('WAITING');
});

test('a user has at most so many jobs running, and the next one as soon as one has ended', async () => {
  const world = await jobs.world({ JOBS_RUNNING_PER_USER: '2' });
  for (let n = 0; n < 3; n += 1) await world.submit(ADA);
  const first = await world.taken();
  await world.taken();
  expect(await world.take()).toBeNull();
  await world.submit(BOB);
  expect((await world.taken()).uid).toBe(2);
  expect(await world.take()).toBeNull();
  await endJob(world.ctx, first, END);
  expect((await world.taken()).id).toBe(3);
});

test('what is cancelled while it waits is not taken, and its user keeps their turn', async () => {
  const world = await jobs.world();
  const [one, two, three] = [await world.submit(ADA), await world.submit(ADA), await world.submit(BOB)];
  await cancelJob(world.ctx, ADA, { id: one });
  expect([(await world.taken()).id, (await world.taken()).id]).toEqual([two, three]);
  expect(await world.take()).toBeNull();
});

test('when all has ended, nothing is held for anybody', async () => {
  const world = await jobs.world();
  for (const by of [ADA, BOB, ADA]) await world.submit(by);
  await cancelJob(world.ctx, ADA, { id: 1 });
  for (let job = await world.take(); job !== null; job = await world.take()) await endJob(world.ctx, job, END);
  await world.expectNothingHeld();
});

test('a worker is given only jobs in its languages, the oldest first, and they do not wait behind others', async () => {
  const world = await jobs.world();
  for (const language of ['node', 'python', 'bash', 'python'] as const) await world.submit(ADA, { language });
  expect((await world.take('a', ['python', 'bash']))?.id).toBe(2);
  expect((await world.take('b', ['python', 'bash']))?.id).toBe(3);
  expect((await world.take('c', ['python', 'bash']))?.id).toBe(4);
  expect(await world.take('d', ['python', 'bash'])).toBeNull();
  expect((await world.take('e', ['node']))?.id).toBe(1);
});

test('who is passed over by workers of another language keeps their turn', async () => {
  const world = await jobs.world({ JOBS_RUNNING_PER_USER: '9' });
  const node = { language: 'node' } as const;
  for (const [by, job] of [
    [ADA, node],
    [BOB, {}],
    [ADMIN, node],
  ] as const) {
    for (let n = 0; n < 3; n += 1) await world.submit(by, job);
  }
  const uids = [];
  for (const language of ['node', 'python', 'node', 'python', 'node', 'node'] as const) {
    uids.push((await world.take(`r${uids.length}`, [language]))?.uid);
  }
  expect(uids).toEqual([1, 2, 0, 2, 1, 0]);
});

test('a waiting job says what it waits for', async () => {
  const world = await jobs.world({ JOBS_RUNNING_PER_USER: '1' });
  const waits = async (id: number) => (await world.read(id)).waitingFor;
  const [python, node, second] = [
    await world.submit(ADA),
    await world.submit(BOB, { language: 'node' }),
    await world.submit(ADA),
  ];
  expect([await waits(python), await waits(node)]).toEqual(['worker', 'worker']);
  await holdJobs(world.ctx, workerOf(['python']), []);
  expect([await waits(python), await waits(node), await waits(second)]).toEqual(['turn', 'worker', 'turn']);
  await world.taken();
  expect([await waits(python), await waits(second)]).toEqual([null, 'quota']);
});

test('the queue says how much waits in each language, and how much of it is whose', async () => {
  const world = await jobs.world({ JOBS_TIME_LIMIT: '3' });
  for (const by of [ADA, BOB, BOB]) await world.submit(by);
  await world.submit(BOB, { language: 'node' });
  await holdJobs(world.ctx, workerOf(['python', 'bash']), []);
  await world.taken();
  const queue = await readQueue(world.ctx, BOB);
  expect(queue).toMatchObject({ waiting: 3, running: 1, own: { waiting: 3, running: 0 } });
  expect(queue.languages).toEqual([
    { language: 'python', waiting: 2, workers: 1 },
    { language: 'node', waiting: 1, workers: 0 },
    { language: 'bash', waiting: 0, workers: 1 },
  ]);
  expect(queue.limits).toEqual({ waitingPerUser: 1000, runningPerUser: 4, timeMs: 3000, textBytes: 1024 * 1024 });
  expect((await readQueue(world.ctx, ADA)).own).toEqual({ waiting: 0, running: 1, ended: 0, failed: 0 });
});
