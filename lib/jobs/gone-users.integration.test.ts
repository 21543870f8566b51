import { expect, test } from 'vitest';
import { changeAccount } from '#lib/auth/change-account';
import { deleteUser } from '#lib/auth/delete-user';
import { updateUser } from '#lib/auth/update-user';
import { cancelJob } from './cancel-job.ts';
import { endJob } from './end-job.ts';
import { holdJobs } from './hold-jobs.ts';
import { ADA, ADMIN, BOB, END, jobsSuite, workerOf } from './jobs.fixture.ts';

const jobs = jobsSuite();

const disable = { changes: { disabled: true } };

test.each([
  ['disabled', (ctx) => updateUser(ctx, ADMIN, { uid: ADA.uid, ...disable })],
  ['deleted', (ctx) => deleteUser(ctx, ADMIN, { uid: ADA.uid })],
] as [string, (ctx: Parameters<typeof deleteUser>[0]) => Promise<unknown>][])(
  'what a user has waiting ends when the account is %s, and says why',
  async (what, change) => {
    const world = await jobs.world();
    const ids = await Promise.all(Array.from({ length: 450 }, () => world.submit(ADA)));
    const node = await world.submit(ADA, { language: 'node' });
    const other = await world.submit(BOB);
    await change(world.ctx);
    const ended = {
      status: 'ERROR',
      reason: 'cancelled',
      detail: `the account of its user was ${what}`,
      startedAt: null,
    };
    for (const id of [ids[0] ?? 0, ids.at(-1) ?? 0, node]) expect(await world.read(id)).toMatchObject(ended);
    expect((await world.taken()).id).toBe(other);
    expect(await world.take()).toBeNull();
  },
);

test('what such a user has running is cancelled, with the reason', async () => {
  const world = await jobs.world();
  await world.submit(ADA);
  const run = await world.taken();
  await updateUser(world.ctx, ADMIN, { uid: ADA.uid, ...disable });
  expect((await holdJobs(world.ctx, workerOf(['python']), [run])).unwanted).toEqual([run.run]);
  await endJob(world.ctx, run, { ...END, reason: 'cancelled', exitCode: null, killed: 1 });
  expect(await world.read(1)).toMatchObject({ reason: 'cancelled', detail: 'the account of its user was disabled' });
  await world.expectNothingHeld();
});

test('a job that was submitted while its account was being disabled is not run either', async () => {
  const world = await jobs.world();
  const accountOnly = { uid: ADA.uid, set: { disabled: true }, ends: 'access' } as const;
  await changeAccount(world.ctx, accountOnly);
  const [one, two] = [await world.submit(ADA), await world.submit(BOB)];
  expect((await world.taken()).id).toBe(two);
  expect(await world.read(one)).toMatchObject({
    status: 'ERROR',
    reason: 'cancelled',
    detail: 'the account of its user was disabled',
    attempts: 0,
    startedAt: null,
    executor: null,
  });
});

test('who cancels a job of somebody else is named with it', async () => {
  const world = await jobs.world();
  const [waiting, running] = [await world.submit(ADA), await world.submit(BOB)];
  await cancelJob(world.ctx, ADMIN, { id: waiting });
  const run = await world.taken();
  const cancelling = cancelJob(world.ctx, ADMIN, { id: running });
  await expect.poll(async () => (await holdJobs(world.ctx, workerOf(['python']), [run])).unwanted).toEqual([run.run]);
  await endJob(world.ctx, run, { ...END, reason: 'cancelled', exitCode: null });
  await cancelling;
  const own = await world.submit(ADA);
  await cancelJob(world.ctx, ADA, { id: own });
  const details = await Promise.all([waiting, running, own].map(async (id) => (await world.read(id)).detail));
  expect(details).toEqual(['cancelled by admin', 'cancelled by admin', null]);
});
