import { expect, test } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { appendOutput } from './append-output.ts';
import { endJob } from './end-job.ts';
import { endJobsOf } from './end-jobs-of.ts';
import { ADA, ADMIN, BOB, END, jobsSuite, type World } from './jobs.fixture.ts';
import { readQueue } from './read-queue.ts';

const jobs = jobsSuite();

/** What is kept, by its numbers. */
const kept = async ({ ctx: { redis, keys } }: World) => (await redis.zrange(keys.jobs.all, '0', '-1')).map(Number);

/** Jobs of these users that have come to their end, one after the other. */
async function ended(world: World, by: readonly Caller[], code = 'print(1)'): Promise<void> {
  for (const each of by) {
    await world.submit(each, { code });
    await endJob(world.ctx, await world.taken(), END);
  }
}

/** What stands for ended jobs beside them. */
async function expectNothingCounted({ ctx: { redis, keys } }: World, uids: readonly number[]): Promise<void> {
  const { ended, endedOfPrefix, endedCountOf, endedBytesOf, failed, failedOfPrefix } = keys.jobs;
  const ofUsers = uids.flatMap((uid) => [`${endedOfPrefix}${uid}`, `${failedOfPrefix}${uid}`]);
  expect(await redis.exists(ended, endedCountOf, endedBytesOf, failed, ...ofUsers)).toBe(0);
}

test.each([
  ['number', { JOBS_KEEP: '2' }],
  ['bytes', { JOBS_KEEP_MB: '1' }],
])('of what one user has, the oldest go: by %s', async (_name, settings) => {
  const world = await jobs.world(settings);
  const code = 'x'.repeat(400_000);
  for (let n = 0; n < 4; n += 1) {
    await world.submit(ADA, { code });
    const run = await world.taken();
    await appendOutput(world.ctx, { ...run, piece: 1, segments: [{ stream: 'stdout', text: 'x' }] });
    await endJob(world.ctx, run, END);
  }
  const { keys, redis } = world.ctx;
  expect(await kept(world)).toEqual([3, 4]);
  expect(await redis.zrange(`${keys.jobs.ofUserPrefix}1`, '0', '-1')).toEqual(['3', '4']);
  expect(await redis.exists(keys.jobs.job(1), keys.jobs.output(1))).toBe(0);
  expect(await redis.get(keys.jobs.endedBytes)).toBe('800002');
  await expect(world.read(1)).rejects.toMatchObject({ code: 'not_found' });
});

test.each([
  ['number', { JOBS_KEEP: '6' }, 10],
  ['bytes', { JOBS_KEEP_MB: '1' }, 150_000],
])('a flood takes the place of nobody else: by %s', async (_name, settings, size) => {
  const world = await jobs.world(settings);
  const code = 'x'.repeat(size);
  await ended(world, [BOB, BOB, ADMIN], code);
  await ended(world, Array<Caller>(9).fill(ADA), code);
  expect(await kept(world)).toEqual([1, 2, 3, 10, 11, 12]);
});

test('who had all the room makes it as others come, until all have the same', async () => {
  const world = await jobs.world({ JOBS_KEEP: '4' });
  await ended(world, [ADA, ADA, ADA, ADA, BOB]);
  expect(await kept(world)).toEqual([2, 3, 4, 5]);
  await ended(world, [BOB]);
  expect(await kept(world)).toEqual([3, 4, 5, 6]);
  await ended(world, [BOB, BOB, BOB]);
  expect(await kept(world)).toEqual([3, 4, 8, 9]);
});

test('few large jobs make room for bytes, and many small ones for their number', async () => {
  const world = await jobs.world({ JOBS_KEEP: '6', JOBS_KEEP_MB: '1' });
  await ended(world, [BOB, BOB], 'x'.repeat(400_000));
  await ended(world, [ADA, ADA, ADA]);
  await ended(world, [BOB], 'x'.repeat(400_000));
  expect(await kept(world)).toEqual([2, 3, 4, 5, 6]);
  await ended(world, [ADA, ADA]);
  expect(await kept(world)).toEqual([2, 4, 5, 6, 7, 8]);
});

test.each([
  ['number', { JOBS_KEEP: '2' }],
  ['bytes', { JOBS_KEEP_MB: '1' }],
])('what has just ended is there to be read, whoever else is there: by %s', async (_name, settings) => {
  const world = await jobs.world(settings);
  await ended(world, [ADA, BOB], 'x'.repeat(300_000));
  for (const [by, id] of [
    [ADMIN, 3],
    [ADA, 4],
    [BOB, 5],
    [ADMIN, 6],
  ] as const) {
    await ended(world, [by], 'x'.repeat(1_000_000));
    expect(await world.read(id)).toMatchObject({ status: 'DONE', uid: by.uid });
  }
});

test('of what ends in one moment, too, it is the user who has most who makes room', async () => {
  const world = await jobs.world({ JOBS_KEEP: '3' });
  await ended(world, [ADA]);
  await world.ctx.redis.set(world.ctx.keys.jobs.lastId, '7');
  for (const id of [8, 9, 10]) expect(await world.submit(BOB)).toBe(id);
  await endJobsOf(world.ctx, { uid: BOB.uid, account: 'disabled' });
  expect(await kept(world)).toEqual([1, 9, 10]);
});

test('what has just ended is there to be read, also when the clock was ahead before', async () => {
  const world = await jobs.world({ JOBS_KEEP: '1' });
  await ended(world, [ADA]);
  const { redis, keys } = world.ctx;
  for (const set of [keys.jobs.ended, `${keys.jobs.endedOfPrefix}1`]) await redis.zadd(set, Date.now() + 60_000, '1');
  await ended(world, [BOB]);
  expect(await kept(world)).toEqual([2]);
});

test('how many have ended is known, of all and of each user, and how many of them in an error', async () => {
  const world = await jobs.world({ JOBS_KEEP: '4' });
  const ends = async (by: Caller, exitCode: number) => {
    await world.submit(by);
    await endJob(world.ctx, await world.taken(), { ...END, exitCode });
  };
  for (const [by, exitCode] of [
    [ADA, 1],
    [ADA, 0],
    [ADA, 2],
    [BOB, 3],
  ] as const) {
    await ends(by, exitCode);
  }
  expect(await readQueue(world.ctx, ADA)).toMatchObject({ ended: 4, failed: 3, own: { ended: 3, failed: 2 } });
  await ends(ADA, 0);
  expect(await readQueue(world.ctx, ADA)).toMatchObject({ ended: 4, failed: 2, own: { ended: 3, failed: 1 } });
  expect(await readQueue(world.ctx, BOB)).toMatchObject({ ended: 4, failed: 2, own: { ended: 1, failed: 1 } });
});

test('what is older than it may be goes at the next look, and nothing that counted it stays', async () => {
  const world = await jobs.world({ JOBS_KEEP_DAYS: '1' });
  await ended(world, [ADA, BOB, ADA]);
  await world.submit(ADA);
  const { redis, keys } = world.ctx;
  const old = Date.now() - 25 * 3_600_000;
  await redis.zadd(keys.jobs.ended, old, '1', old, '2', old, '3');
  await world.lookForLostJobs(1);
  expect(await kept(world)).toEqual([4]);
  expect(await redis.get(keys.jobs.endedBytes)).toBe('0');
  await expectNothingCounted(world, [1, 2]);
});

test('what another version has ended is of no share, and goes before what is', async () => {
  const world = await jobs.world({ JOBS_KEEP: '4' });
  await ended(world, [ADA, ADA, ADA, ADA]);
  const { redis, keys } = world.ctx;
  await redis.del(`${keys.jobs.endedOfPrefix}1`, keys.jobs.endedCountOf, keys.jobs.endedBytesOf);
  await ended(world, [BOB, BOB, BOB]);
  expect(await kept(world)).toEqual([4, 5, 6, 7]);
});

test('what another version has let go without counting is made up for', async () => {
  const world = await jobs.world({ JOBS_KEEP: '3' });
  await ended(world, [ADA, ADA, ADA]);
  const { redis, keys } = world.ctx;
  await redis.zrem(keys.jobs.ended, '1', '2', '3');
  await redis.del(keys.jobs.job(1), keys.jobs.job(2), keys.jobs.job(3));
  await ended(world, [BOB, BOB, ADMIN, ADMIN]);
  expect(await redis.zrange(keys.jobs.ended, '0', '-1')).toEqual(['5', '6', '7']);
});
