import { describe, expect, test } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel-job';
import { ADA, ADMIN, BOB } from '#lib/jobs/jobs.fixture';
import { listWorkers } from '#lib/jobs/list-workers';
import { limit } from '../../e2e/support/limit.ts';
import { openLocalExecutor } from './executors/local.ts';
import { startJobsWorker } from './role.ts';
import { FOREVER, hasSaid, isRunning, workerSuite } from './worker.fixture.ts';

const { working, world: emptyWorld, suite } = workerSuite();

describe('a script comes to its end', () => {
  test.each([
    ['python', 'import sys\nprint(input())\nprint("e", file=sys.stderr)'],
    ['node', 'console.log(require("fs").readFileSync(0, "utf8").trim()); setTimeout(() => console.error("e"), 50)'],
    ['bash', 'cat; sleep 0.05; echo e >&2'],
  ] as const)('%s', async (language, code) => {
    const { world } = await working();
    const id = await world.submit(ADA, { language, code, input: 'said 😀\n' });
    expect(await world.ended(id)).toMatchObject({
      status: 'DONE',
      reason: 'exit',
      exitCode: 0,
      stdout: 'said 😀\n',
      stderr: 'e\n',
      executor: 'local',
      tier: expect.stringMatching(/bubblewrap|landlock|none/),
      attempts: 1,
    });
    await world.expectNothingHeld();
  });

  test('with another exit code it is an ERROR, and its traceback is there', async () => {
    const { world } = await working();
    const failed = await world.ended(await world.submit(ADA, { code: 'raise SystemError("no")' }));
    expect(failed).toMatchObject({ status: 'ERROR', reason: 'exit', exitCode: 1 });
    expect(failed.stderr).toContain('SystemError: no');
  });

  test('or is stopped at the time limit, with what it has said until then', async () => {
    const { world } = await working({ JOBS_TIME_LIMIT: '0.5' });
    const job = await world.ended(await world.submit(ADA, { code: FOREVER }));
    expect(job).toMatchObject({ status: 'ERROR', reason: 'timeout', exitCode: null, result: 'here\n' });
    const tookMs = (job.endedAt ?? 0) - (job.startedAt ?? 0);
    expect(tookMs).toBeGreaterThan(400);
    expect(tookMs).toBeLessThan(limit(2_500));
  });

  test('or at too much output, of which 1 MiB is kept', async () => {
    const { world } = await working();
    const job = await world.ended(await world.submit(ADA, { code: 'while True: print("é" * 1000)' }));
    expect(job).toMatchObject({ status: 'ERROR', reason: 'output', truncated: true });
    expect(Buffer.byteLength(job.result)).toBeLessThanOrEqual(1024 * 1024);
    expect(Buffer.byteLength(job.result)).toBeGreaterThan(1024 * 1024 - 4);
  });
});

test('output arrives while the job runs', async () => {
  const { world } = await working();
  const id = await world.submit(ADA, { code: FOREVER });
  await hasSaid(world, id, 'here');
  expect(await world.read(id)).toMatchObject({ status: 'RUNNING', result: 'here\n' });
});

describe('a running job is cancelled', () => {
  test('when that is answered, its processes are dead and counted', async () => {
    const { world } = await working();
    const code = `import os, time\nfor _ in range(3):\n  if os.fork() == 0: time.sleep(60); os._exit(0)\n${FOREVER}`;
    const id = await world.submit(ADA, { code });
    await hasSaid(world, id, 'here');
    const askedAt = performance.now();
    const job = await cancelJob(world.ctx, ADA, { id });
    expect(performance.now() - askedAt).toBeLessThan(limit(500));
    expect(job).toMatchObject({ status: 'ERROR', reason: 'cancelled', exitCode: null });
    expect(job.killed).toBeGreaterThanOrEqual(4);
    await expect(cancelJob(world.ctx, ADA, { id })).rejects.toMatchObject({ code: 'ended' });
    await world.expectNothingHeld();
  });

  test('twice at once, it is cancelled for both', async () => {
    const { world } = await working();
    const id = await world.submit(ADA, { code: FOREVER });
    await world.when(id, isRunning);
    const both = await Promise.all([cancelJob(world.ctx, ADA, { id }), cancelJob(world.ctx, ADMIN, { id })]);
    expect(both.map(({ reason }) => reason)).toEqual(['cancelled', 'cancelled']);
  });

  test('at any moment, it has one end, and who asked is told which', async () => {
    const { world } = await working({ JOBS_RUNNING_PER_USER: '8' });
    const tries = Array.from({ length: 24 }, async (_, n) => {
      const id = await world.submit(ADA, { code: 'echo x', language: 'bash' });
      await world.when(id, ({ status }) => n % 3 === 0 || status !== 'WAITING');
      const answer = await cancelJob(world.ctx, ADA, { id }).then(
        ({ reason }) => reason,
        ({ code }) => code,
      );
      const { reason } = await world.ended(id);
      expect(answer).toBe(reason === 'cancelled' ? 'cancelled' : 'ended');
    });
    await Promise.all(tries);
    await world.expectNothingHeld();
  });
});

test('one user with a hundred jobs does not make another wait for them', async () => {
  const { world, start, stop } = await working({ JOBS_CONCURRENCY: '2', JOBS_RUNNING_PER_USER: '2' });
  await stop();
  const script = { language: 'bash', code: 'true' } as const;
  const many = await Promise.all(Array.from({ length: 100 }, () => world.submit(ADA, script)));
  const one = await world.submit(BOB, script);
  await start();
  await Promise.all([...many, one].map((id) => world.ended(id)));
  const { startedAt } = await world.read(one);
  const all = await Promise.all(many.map((id) => world.read(id)));
  expect(all.filter((job) => Number(job.startedAt) < Number(startedAt)).length).toBeLessThanOrEqual(2);
  await world.expectNothingHeld();
});

test('no more jobs run at once than may', async () => {
  const { world } = await working({ JOBS_CONCURRENCY: '2', JOBS_RUNNING_PER_USER: '8' });
  const script = { language: 'bash', code: 'sleep 0.2' } as const;
  const ids = await Promise.all([1, 2, 3, 4].map(() => world.submit(ADA, script)));
  const all = await Promise.all(ids.map((id) => world.ended(id)));
  const at = all.map(({ startedAt }) => Number(startedAt));
  const running = at.map((time) => all.filter((job) => Number(job.startedAt) <= time && Number(job.endedAt) > time));
  expect(Math.max(...running.map(({ length }) => length))).toBe(2);
});

test('a job that no worker was told of is found', async () => {
  const { world } = await working();
  await expect.poll(() => listWorkers(world.ctx)).toHaveLength(1);
  const { redis, keys } = world.ctx;
  const { queue, prefix } = keys.jobs.permits;
  const waiting = `${prefix}:${queue((await listWorkers(world.ctx))[0]?.languages ?? [])}:wait`;
  await redis.set(waiting, 'no list, so that nothing can be told');
  const id = await world.submit(ADA, { language: 'bash', code: 'true' });
  expect(world.under.logged('no worker was told of a job; they look by themselves')).toHaveLength(1);
  await redis.del(waiting);
  expect(await world.ended(id)).toMatchObject({ status: 'DONE' });
});

test('workers with different languages each run what they can, and nothing is lost between them', async () => {
  const world = await emptyWorld({ ALLOW_UNSANDBOXED: '1', JOBS_RUNNING_PER_USER: '20' });
  for (const language of ['python', 'bash'] as const) {
    const executor = await openLocalExecutor(world.under.config);
    if (executor.tier === null) throw new Error('there is no executor here');
    suite.open.push(await startJobsWorker(world.under.config, world.under.log, { ...executor, languages: [language] }));
  }
  await expect.poll(() => listWorkers(world.ctx)).toHaveLength(2);
  const scripts = { python: 'print("python")', bash: 'echo bash' };
  const submitted = Array.from({ length: 12 }, async (_, n) => {
    const language = n % 2 === 0 ? 'python' : 'bash';
    return { language, id: await world.submit(ADA, { language, code: scripts[language] }) };
  });
  for (const { language, id } of await Promise.all(submitted)) {
    expect(await world.ended(id)).toMatchObject({ status: 'DONE', stdout: `${language}\n`, attempts: 1 });
  }
  await expect(world.submit(ADA, { language: 'node' })).rejects.toMatchObject({ code: 'unavailable' });
  await world.expectNothingHeld();
});

test('a worker says that it is there, and in which tier, until it stops', async () => {
  const { world, stop } = await working({ JOBS_CONCURRENCY: '3' });
  await expect
    .poll(() => listWorkers(world.ctx))
    .toMatchObject([{ executor: 'local', concurrency: 3, pid: process.pid, tier: expect.any(String) }]);
  await stop();
  expect(await listWorkers(world.ctx)).toEqual([]);
});

describe('a worker that stops', () => {
  test('lets a short job end', async () => {
    const { world, stop } = await working();
    const code = `import os, time\nos.write(1, b"here\\n")\ntime.sleep(0.5)\nprint("end")`;
    const id = await world.submit(ADA, { code });
    await hasSaid(world, id, 'here');
    await stop();
    expect(await world.read(id)).toMatchObject({ status: 'DONE', result: 'here\nend\n' });
  });

  test('gives jobs as long as JOBS_GRACE says, holds on to them meanwhile, and takes no others', async () => {
    const { world, stop } = await working({ JOBS_GRACE: '15', JOBS_CONCURRENCY: '1' });
    const code = `import os, time\nos.write(1, b"here\\n")\ntime.sleep(4)\nprint("end")`;
    const id = await world.submit(ADA, { code });
    await hasSaid(world, id, 'here');
    const stopped = stop();
    const next = await world.submit(BOB, { language: 'bash', code: 'true' });
    const { redis, keys } = world.ctx;
    // Somebody has looked for lost jobs: this one would be one soon, if its worker did not speak up.
    await redis.zincrby(keys.jobs.running, 3, id);
    const looks = async () => Number((await redis.zscore(keys.jobs.running, String(id))) ?? 3);
    await expect.poll(looks, { timeout: 5_000 }).toBeLessThan(3);
    await stopped;
    expect(await world.read(id)).toMatchObject({ status: 'DONE', result: 'here\nend\n', attempts: 1 });
    expect(await world.read(next)).toMatchObject({ status: 'WAITING', attempts: 0 });
    expect(await listWorkers(world.ctx)).toEqual([]);
  });

  test('ends a long one within 5 s, hands back one that may start again, and leaves those that wait', async () => {
    const { world, start, stop } = await working({ JOBS_CONCURRENCY: '2' });
    const long = await world.submit(ADA, { code: FOREVER });
    const again = await world.submit(BOB, { code: FOREVER, retryable: true });
    await Promise.all([hasSaid(world, long, 'here'), hasSaid(world, again, 'here')]);
    const waiting = await world.submit(ADA);
    const stoppedAt = performance.now();
    await stop();
    expect(performance.now() - stoppedAt).toBeLessThan(limit(5_000));
    expect(await world.read(long)).toMatchObject({ status: 'ERROR', reason: 'lost', result: 'here\n' });
    expect(await world.read(again)).toMatchObject({ status: 'WAITING', attempts: 1, result: '' });
    expect(await world.read(waiting)).toMatchObject({ status: 'WAITING', attempts: 0 });
    const cutOff = world.under.logged('a job was cut off, as its worker stops');
    expect(cutOff.map(({ job }) => job).sort()).toEqual([long, again]);
    expect(cutOff).toMatchObject([{ tookMs: expect.any(Number) }, { tookMs: expect.any(Number) }]);
    await start();
    expect(await world.ended(waiting)).toMatchObject({ status: 'DONE' });
    await world.when(again, ({ attempts }) => attempts === 2);
  });
});
