import { expect, test } from 'vitest';
import { cancelJob } from './cancel-job.ts';
import { endJob } from './end-job.ts';
import { ADA, BOB, END, jobsSuite } from './jobs.fixture.ts';

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
