import { expect, test } from 'vitest';
import { endJob } from './end-job.ts';
import { ADA, ADMIN, END, jobsSuite, type World } from './jobs.fixture.ts';
import { listJobs } from './list-jobs.ts';

const jobs = jobsSuite();

/** As another version may have stored a job. */
async function lacking(world: World, id: number, ...fields: string[]): Promise<void> {
  const { redis, keys } = world.ctx;
  expect(await redis.hdel(keys.jobs.job(id), ...fields)).toBe(fields.length);
}

test('what is only said of a job may be missing', async () => {
  const world = await jobs.world();
  const id = await world.submit(ADA);
  await lacking(world, id, 'firstLine', 'truncated', 'killed', 'retryable', 'attempts');
  expect(await world.read(id)).toMatchObject({ firstLine: '', truncated: false, killed: 0, attempts: 0 });
});

test.each(['uid', 'user', 'language', 'status', 'queuedAt'])('a job without %s hides no other one', async (field) => {
  const world = await jobs.world();
  const [before, damaged, after] = [await world.submit(ADA), await world.submit(ADA), await world.submit(ADA)];
  await lacking(world, damaged, field);
  for (const caller of [ADA, ADMIN]) {
    expect(await listJobs(world.ctx, caller)).toMatchObject({ jobs: [{ id: after }, { id: before }], unreadable: 1 });
  }
  await expect(world.read(damaged)).rejects.toMatchObject({ code: 'not_found' });
});

test('a job without its sizes, or with nothing at all, stands in the way of none after it', async () => {
  const world = await jobs.world({ JOBS_KEEP: '1' });
  const { redis, keys } = world.ctx;
  const damaged = await world.submit(ADA);
  await endJob(world.ctx, await world.taken(), END);
  await redis.del(keys.jobs.job(damaged), keys.jobs.endedBytes);
  const waiting = await world.submit(ADA);
  await lacking(world, waiting, 'size', 'bytes', 'pieces', 'attempts', 'run');
  await redis.del(keys.jobs.waitingBytes);
  expect(await endJob(world.ctx, await world.taken(), END)).toBe(true);
  expect((await listJobs(world.ctx, ADMIN)).jobs.map(({ id }) => id)).toEqual([waiting]);
  await world.expectNothingHeld();
});

test('a running job of another version is ended when its worker is lost', async () => {
  const world = await jobs.world();
  const id = await world.submit(ADA);
  await world.taken();
  await lacking(world, id, 'attempts', 'retryable', 'bytes', 'run');
  await world.lookForLostJobs(6);
  expect(await world.read(id)).toMatchObject({ status: 'ERROR', reason: 'lost' });
  expect(await listJobs(world.ctx, ADA)).toMatchObject({ unreadable: 0 });
});
