import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startJobsRole } from '#runtime/jobs/role';
import { type JobsWorld, jobsApiSuite } from './jobs.fixture.ts';

const suite = jobsApiSuite();

/** With a worker of this machine, in whatever sandbox there is here. */
async function running(settings: Record<string, string> = {}) {
  const world = await suite.world(settings);
  world.open.push(await startJobsRole(world.under.config, world.under.log));
  const read = async (id: number) => (await world.ask(world.as.ada, `GET /jobs/${id}`)).body;
  return {
    ...world,
    /** Asks until the job is so, as clients do. */
    async until(id: number, is: (job: Awaited<ReturnType<typeof read>>) => boolean) {
      for (;;) {
        const job = await read(id);
        if (is(job)) return job;
        await wait(20);
      }
    },
    ended(id: number) {
      return this.until(id, ({ endedAt }) => endedAt !== null);
    },
    run(job: Parameters<JobsWorld['submit']>[1]) {
      return world.submit(world.as.ada, job).then((id) => this.ended(id));
    },
  };
}

const HERE = 'import os\nos.write(1, b"here\\n")\n';
const FOREVER = `${HERE}while True: pass`;

test('a job has both streams apart and together, its times, and how it was run', async () => {
  const it = await running();
  const job = await it.run({ language: 'bash', code: 'cat; echo oh >&2; exit 3', input: 'in\n' });
  expect(job).toMatchObject({
    status: 'ERROR',
    reason: 'exit',
    exitCode: 3,
    result: 'in\noh\n',
    stdout: 'in\n',
    stderr: 'oh\n',
    truncated: false,
    attempts: 1,
    executor: 'local',
    tier: expect.stringMatching(/bubblewrap|landlock|none/),
    waitingFor: null,
  });
  expect([job.queuedAt, job.startedAt, job.endedAt]).toEqual([job.queuedAt, job.startedAt, job.endedAt].toSorted());
  const output = (await it.ask(it.as.ada, `GET /jobs/${job.id}/output?limit=1`)).body;
  const rest = (await it.ask(it.as.ada, `GET /jobs/${job.id}/output?after=${output.entries[0].id}`)).body;
  const texts = [...output.entries, ...rest.entries].flatMap(
    ({ segments }: { segments: { text: string }[] }) => segments,
  );
  expect(texts.map(({ text }) => text).join('')).toBe(job.result);
  expect(rest).toMatchObject({ more: false, job: { id: job.id, status: 'ERROR' } });
});

test('forking ends at the bound, and a job beside it does not notice', async () => {
  const it = await running();
  // No bomb: it stops by itself, also where nothing would stop it.
  const forking = `import os, time
n = 0
for _ in range(100):
  try:
    if os.fork() == 0: time.sleep(3); os._exit(0)
    n += 1
  except OSError: break
print(n)`;
  const [forked, innocent] = await Promise.all([it.run({ code: forking }), it.run({ code: 'print("well")' })]);
  expect(innocent).toMatchObject({ status: 'DONE', stdout: 'well\n' });
  expect(forked).toMatchObject({ status: 'DONE' });
  if (forked.tier !== 'none') expect(Number(forked.stdout)).toBeLessThan(64);
});

test('too much memory is oom, too much output is output, and the service goes on', async () => {
  const it = await running();
  const [hog, flood] = await Promise.all([
    it.run({ code: 'kept = []\nwhile True: kept.append(bytearray(b"x" * 8_000_000))' }),
    it.run({ code: 'import os\nwhile True: os.write(1, b"\\xff" * 65_536)' }),
  ]);
  expect(hog).toMatchObject({ status: 'ERROR', reason: 'oom', exitCode: null });
  expect(flood).toMatchObject({ status: 'ERROR', reason: 'output', truncated: true });
  expect(Buffer.byteLength(flood.result)).toBeLessThanOrEqual(1024 * 1024);
  expect(await it.run({ code: 'print("well")' })).toMatchObject({ status: 'DONE', stdout: 'well\n' });
});

test('time is over for everything that a job has started', async () => {
  const it = await running({ JOBS_TIME_LIMIT: '1' });
  const daemons = `import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
for _ in range(3):
  if os.fork() == 0:
    os.setsid()
    if os.fork() > 0: os._exit(0)
    time.sleep(60)
${FOREVER}`;
  const job = await it.run({ code: daemons });
  expect(job).toMatchObject({ status: 'ERROR', reason: 'timeout', exitCode: null, result: 'here\n' });
  expect(job.killed).toBeGreaterThanOrEqual(4);
});

test('a running job is cancelled: 200 with what was killed, then 409', async () => {
  const it = await running();
  const id = await it.submit(it.as.ada, { code: `import os, time\nos.fork()\n${FOREVER}` });
  await it.until(id, ({ result }) => result.includes('here'));
  const cancel = () => it.ask(it.as.ada, `POST /jobs/${id}/cancel`);
  const first = await cancel();
  expect(first).toMatchObject({ status: 200, body: { id, status: 'ERROR', reason: 'cancelled' } });
  expect(first.body.killed).toBeGreaterThanOrEqual(2);
  expect((await cancel()).status).toBe(409);
});

test('a cancel that races with the end tells which it was, and there is one end', async () => {
  const it = await running({ JOBS_RUNNING_PER_USER: '8' });
  const tries = Array.from({ length: 20 }, async (_, n) => {
    const id = await it.submit(it.as.ada, { language: 'bash', code: 'echo x' });
    await it.until(id, ({ status }) => n % 3 === 0 || status !== 'WAITING');
    const both = await Promise.all([1, 2].map(() => it.ask(it.as.ada, `POST /jobs/${id}/cancel`)));
    const job = await it.ended(id);
    const statuses = both.map(({ status }) => status);
    if (job.reason === 'cancelled') expect(statuses).toContain(200);
    else expect(statuses).toEqual([409, 409]);
    expect(await it.ended(id)).toEqual(job);
  });
  await Promise.all(tries);
});
