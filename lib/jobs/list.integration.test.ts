import { expect, test } from 'vitest';
import { endJob } from './end-job.ts';
import { ADA, ADMIN, BOB, END, jobsSuite } from './jobs.fixture.ts';
import { listJobs } from './list-jobs.ts';

const jobs = jobsSuite();

test('the newest come first, in pages that neither lose nor repeat one', async () => {
  const world = await jobs.world();
  for (let n = 0; n < 7; n += 1) await world.submit(ADA);
  const ids: number[] = [];
  for (let before: number | null | undefined; before !== null; ) {
    const page = await listJobs(world.ctx, ADA, { limit: 3, before });
    ids.push(...page.jobs.map(({ id }) => id));
    before = page.next;
    // One that comes meanwhile is on none of the pages that follow.
    if (ids.length === 3) await world.submit(ADA);
  }
  expect(ids).toEqual([7, 6, 5, 4, 3, 2, 1]);
});

test('everybody lists their own jobs, and admins all of them', async () => {
  const world = await jobs.world();
  for (const by of [ADA, BOB, ADA]) await world.submit(by);
  const ids = async (...args: [typeof ADA, { uid?: number }?]) =>
    (await listJobs(world.ctx, ...args)).jobs.map(({ id }) => id);
  expect(await ids(ADA)).toEqual([3, 1]);
  expect(await ids(BOB, { uid: 2 })).toEqual([2]);
  expect(await ids(ADMIN)).toEqual([3, 2, 1]);
  expect(await ids(ADMIN, { uid: 1 })).toEqual([3, 1]);
  expect(await ids(ADMIN, { uid: 77 })).toEqual([]);
  await expect(ids(BOB, { uid: 1 })).rejects.toMatchObject({ code: 'forbidden' });
  await expect(ids(BOB, { uid: 77 })).rejects.toMatchObject({ code: 'forbidden' });
});

test('filters look past any number of jobs that do not fit', async () => {
  const world = await jobs.world();
  await world.submit(ADA, { language: 'bash' });
  await Promise.all(Array.from({ length: 450 }, () => world.submit(ADA)));
  await endJob(world.ctx, await world.taken(), END);
  expect((await listJobs(world.ctx, ADA, { language: 'bash' })).jobs).toMatchObject([{ id: 1 }]);
  expect((await listJobs(world.ctx, ADA, { status: 'DONE' })).jobs).toMatchObject([{ id: 1 }]);
  expect((await listJobs(world.ctx, ADA, { status: 'ERROR' })).jobs).toEqual([]);
  expect((await listJobs(world.ctx, ADA, { language: 'python', status: 'WAITING', limit: 1 })).jobs).toHaveLength(1);
});

test('a stretch of time is from its beginning on, and until before its end', async () => {
  const world = await jobs.world();
  for (let n = 0; n < 3; n += 1) await world.submit(ADA);
  const { redis, keys } = world.ctx;
  for (const [id, at] of [
    [1, 1_000],
    [2, 2_000],
    [3, 3_000],
  ] as const)
    await redis.hset(keys.jobs.job(id), 'queuedAt', at);
  const ids = async (filter: object) => (await listJobs(world.ctx, ADA, filter)).jobs.map(({ id }) => id);
  expect(await ids({ since: 2_000 })).toEqual([3, 2]);
  expect(await ids({ until: 2_000 })).toEqual([1]);
  expect(await ids({ since: 1_001, until: 3_000 })).toEqual([2]);
});
