import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ADA, BOB, type World } from '#lib/jobs/jobs.fixture';
import { listWorkers } from '#lib/jobs/list-workers';
import { limit } from '../../e2e/support/limit.ts';
import { freePort, startRedis } from '../../e2e/support/redis-server.ts';
import { startJobsRole } from './role.ts';
import { FOREVER, hasSaid, workerSuite } from './worker.fixture.ts';

const { world: emptyWorld, suite } = workerSuite();
const MAIN = join(import.meta.dirname, '..', 'main.ts');

/** A role in a process of its own, as production has it. */
async function workerProcess(world: World): Promise<ChildProcess & { pid: number }> {
  const env = { NODE_ENV: 'test', ...world.under.config.environment, ALLOW_UNSANDBOXED: '1' } as const;
  const child = spawn(process.execPath, [MAIN, 'jobs'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const { pid } = child;
  if (pid === undefined) throw new Error('it does not start');
  suite.open.push({
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  });
  await expect
    .poll(async () => (await listWorkers(world.ctx)).map((worker) => worker.pid), { timeout: 15_000 })
    .toContain(pid);
  return Object.assign(child, { pid });
}

const LOST = { status: 'ERROR', reason: 'lost', attempts: 1, result: 'here\n' };

test('a worker that is killed leaves no job running: each is lost, or starts again where that was allowed', async () => {
  const world = await emptyWorld();
  const first = await workerProcess(world);
  const once = await world.submit(ADA, { code: FOREVER });
  const twice = await world.submit(BOB, { code: FOREVER, retryable: true });
  await Promise.all([hasSaid(world, once, 'here'), hasSaid(world, twice, 'here')]);
  first.kill('SIGKILL');
  const killedAt = performance.now();
  await workerProcess(world);
  expect(await world.ended(once, 30_000)).toMatchObject(LOST);
  expect(performance.now() - killedAt).toBeLessThan(limit(30_000));
  expect(await world.when(twice, ({ attempts, status }) => attempts === 2 && status === 'RUNNING')).toMatchObject({
    id: twice,
  });
}, 60_000);

test('a worker that was frozen finds its job lost when it goes on, and what it knows is dropped', async () => {
  const world = await emptyWorld();
  const frozen = await workerProcess(world);
  const id = await world.submit(ADA, {
    code: `import os, time\nos.write(1, b"here\\n")\ntime.sleep(2)\nprint("late")`,
  });
  await hasSaid(world, id, 'here');
  frozen.kill('SIGSTOP');
  const other = await workerProcess(world);
  expect(await world.ended(id, 30_000)).toMatchObject(LOST);
  expect((await listWorkers(world.ctx)).map(({ pid }) => pid)).toEqual([other.pid]);
  frozen.kill('SIGCONT');
  const next = await world.submit(ADA, { language: 'bash', code: 'true' });
  expect(await world.ended(next)).toMatchObject({ status: 'DONE' });
  await expect.poll(async () => (await listWorkers(world.ctx)).length).toBe(2);
  expect(await world.read(id)).toMatchObject(LOST);
  await world.expectNothingHeld();
}, 60_000);

test('a worker that is given a job again, which it does not yet know that it has lost, ends it once', async () => {
  const world = await emptyWorld();
  const worker = await workerProcess(world);
  const code = `import os, time\nos.write(1, b"here\\n")\ntime.sleep(3)\nprint("end")`;
  const id = await world.submit(ADA, { code, retryable: true });
  await hasSaid(world, id, 'here');
  worker.kill('SIGSTOP');
  await world.lookForLostJobs(6);
  expect(await world.read(id)).toMatchObject({ status: 'WAITING', attempts: 1 });
  worker.kill('SIGCONT');
  expect(await world.ended(id)).toMatchObject({ status: 'DONE', attempts: 2, result: 'here\nend\n' });
  await world.expectNothingHeld();
}, 40_000);

test('told to stop, it exits with 0 within 5 s', async () => {
  const world = await emptyWorld();
  const worker = await workerProcess(world);
  await hasSaid(world, await world.submit(ADA, { code: FOREVER }), 'here');
  const toldAt = performance.now();
  worker.kill('SIGTERM');
  expect(await once(worker, 'exit')).toEqual([0, null]);
  expect(performance.now() - toldAt).toBeLessThan(limit(5_000));
  expect(await world.read(1)).toMatchObject({ status: 'ERROR', reason: 'lost' });
});

test('a worker that starts while Redis is away runs jobs when it is there', async () => {
  const port = await freePort();
  const { under } = suite.surroundings({ ALLOW_UNSANDBOXED: '1' }, `redis://127.0.0.1:${port}`);
  suite.open.push(await startJobsRole(under.config, under.log));
  const redis = await startRedis({ port });
  suite.open.push(redis);
  const world = await emptyWorld({ KEY_PREFIX: under.config.redis.keyPrefix }, redis.url);
  expect(await world.ended(await world.submit(ADA, { language: 'bash', code: 'true' }))).toMatchObject({
    status: 'DONE',
  });
});
