import { expect, test } from 'vitest';
import { endJob } from '#lib/jobs/end-job';
import { endLostJobs } from '#lib/jobs/end-lost-jobs';
import { END } from '#lib/jobs/jobs.fixture';
import { takeJob } from '#lib/jobs/take-job';
import { type JobsWorld, jobsApiSuite } from './jobs.fixture.ts';

const { world } = jobsApiSuite();

const LANGUAGES = ['python', 'node', 'bash'] as const;

/** As a worker would. */
async function taken({ ctx }: JobsWorld, run = 'a:1'): Promise<{ id: number; run: string }> {
  const job = await takeJob(ctx, { run, executor: 'test', tier: 'none', languages: LANGUAGES });
  if (job === null) throw new Error('nothing waits');
  return { id: job.id, run };
}

test('a job is made as it was asked for, and can be read, looked at and submitted again', async () => {
  const { ask, as, uids, under } = await world();
  const asked = { language: 'node', code: 'console.log(1)', input: 'in', retryable: true };
  const made = await ask(as.ada, 'POST /jobs', asked);
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/v1/jobs/1']);
  const requestId = made.headers.get('x-request-id');
  expect(under.logged('job submitted')).toMatchObject([{ job: 1, uid: uids.ada, requestId }]);
  const known = { id: 1, uid: uids.ada, user: 'ada', language: 'node', status: 'WAITING', waitingFor: 'worker' };
  expect(made.body).toMatchObject({ ...known, retryable: true, attempts: 0, startedAt: null, exitCode: null });
  expect((await ask(as.ada, 'GET /jobs/1')).body).toEqual({ ...made.body, result: '', stdout: '', stderr: '' });
  const script = await ask(as.ada, 'GET /jobs/1/script');
  expect(script.body).toEqual(asked);
  expect((await ask(as.ada, 'POST /jobs', script.body)).body).toMatchObject({ id: 2, language: 'node' });
  expect((await ask(as.ada, 'POST /jobs', { code: 'print(1)' })).body).toMatchObject({ id: 3, language: 'python' });
});

test('a uid that is not your own is refused, for admins too', async () => {
  const { ask, as, uids } = await world();
  const forged = await Promise.all([
    ask(as.bob, 'POST /jobs', { code: 'print(1)', uid: uids.ada }),
    ask(as.admin, 'POST /jobs', { code: 'print(1)', uid: uids.ada }),
  ]);
  expect(forged.map(({ status }) => status)).toEqual([403, 403]);
  expect((await ask(as.ada, 'POST /jobs', { code: 'print(1)', uid: uids.ada })).status).toBe(201);
  expect((await ask(as.admin, 'GET /jobs')).body.jobs).toHaveLength(1);
});

test('a job of somebody else is answered byte for byte as one that never was', async () => {
  const { ask, as, submit } = await world();
  await submit(as.ada);
  const requestId = 'the-same-for-both';
  for (const call of ['GET /jobs/%', 'GET /jobs/%/script', 'GET /jobs/%/output', 'POST /jobs/%/cancel']) {
    const [foreign, missing] = await Promise.all(
      ['1', '99'].map((id) => ask(as.bob, call.replace('%', id), undefined, { 'x-request-id': requestId })),
    );
    expect([call, foreign?.status]).toEqual([call, 404]);
    expect(JSON.stringify(foreign?.body)).toBe(JSON.stringify(missing?.body));
    expect([...(foreign?.headers ?? [])]).toEqual([...(missing?.headers ?? [])]);
  }
  expect((await ask(as.ada, 'GET /jobs/1')).body.status).toBe('WAITING');
  expect((await ask(as.admin, 'GET /jobs/1')).status).toBe(200);
});

test('fifty requests with one Idempotency-Key are one job, and one answer', async () => {
  const { ask, as } = await world();
  const post = (body: object, by = as.ada) => ask(by, 'POST /jobs', body, { 'idempotency-key': 'nightly-7' });
  const answers = await Promise.all(Array.from({ length: 50 }, () => post({ code: 'print(1)' })));
  expect(new Set(answers.map(({ status, body }) => JSON.stringify([status, body])))).toHaveLength(1);
  expect(answers[0]).toMatchObject({ status: 201, body: { id: 1 } });
  expect((await post({ code: 'print(2)' })).status).toBe(422);
  expect((await post({ code: 'print(1)' }, as.bob)).body.id).toBe(2);
  expect((await ask(as.admin, 'GET /jobs')).body.jobs).toHaveLength(2);
});

test('one submission is another one by what it says, not by how it is written', async () => {
  const { ask, as, uids } = await world();
  const post = (body: object, key = 'k') => ask(as.ada, 'POST /jobs', body, { 'idempotency-key': key });
  const bodies = [
    { code: 'print(1)', input: '' },
    { input: '', code: 'print(1)' },
    { uid: uids.ada, code: 'print(1)', language: 'python', retryable: false },
  ];
  for (const body of bodies) expect(await post(body)).toMatchObject({ status: 201, body: { id: 1 } });
  const other = await post({ code: 'print(1)', retryable: true });
  expect(other).toMatchObject({ status: 422, body: { fields: [{ path: 'Idempotency-Key', code: 'reused' }] } });
  expect((await post({ code: 'print(1)' }, 'a key')).status).toBe(422);
});

test('a submission that is sent again is answered with the job as it is by then', async () => {
  const it = await world({ JOBS_KEEP: '1' });
  const { ctx, ask, as, submit } = it;
  const post = () => ask(as.ada, 'POST /jobs', { code: 'print(1)' }, { 'idempotency-key': 'k' });
  expect(await post()).toMatchObject({ status: 201, body: { id: 1, status: 'WAITING' } });
  await endJob(ctx, await taken(it), END);
  const known = await post();
  expect(known).toMatchObject({ status: 201, body: { id: 1, status: 'DONE' } });
  expect(known.headers.get('location')).toBe('/api/v1/jobs/1');
  await submit(as.ada);
  await endJob(ctx, await taken(it, 'a:2'), END);
  expect(await post()).toMatchObject({
    status: 409,
    body: { code: 'ended', detail: expect.stringContaining('Job 1 ') },
  });
  expect((await ask(as.ada, 'GET /jobs')).body.jobs).toMatchObject([{ id: 2 }]);
});

test('who is at their quota is told which it is, and the audit once', async () => {
  const { ask, as, uids } = await world({ JOBS_WAITING_PER_USER: '2' });
  const post = () => ask(as.ada, 'POST /jobs', { code: 'print(1)' });
  await Promise.all([post(), post()]);
  const refused = [await post(), await post(), await post()];
  for (const { status, headers, body } of refused) {
    expect([status, headers.get('retry-after')]).toEqual([429, '5']);
    expect(body).toMatchObject({ title: 'Too many requests', limit: { name: 'waitingJobs', most: 2, now: 2 } });
    expect(body.detail).toContain('2 jobs waiting');
  }
  expect((await ask(as.bob, 'POST /jobs', { code: 'print(1)' })).status).toBe(201);
  const { entries } = (await ask(as.admin, 'GET /audit?action=job.refuse')).body;
  expect(entries).toMatchObject([
    { uid: uids.ada, target: `user/${uids.ada}`, after: { name: 'waitingJobs', most: 2 } },
  ]);
});

test('an admin who cancels a job of somebody else is in the audit; whoever cancels their own is not', async () => {
  const { ask, as, submit } = await world();
  const [own, other] = [await submit(as.ada), await submit(as.ada)];
  expect((await ask(as.ada, `POST /jobs/${own}/cancel`)).body).toMatchObject({ reason: 'cancelled', detail: null });
  const cancelled = await ask(as.admin, `POST /jobs/${other}/cancel`);
  expect(cancelled).toMatchObject({
    status: 200,
    body: { reason: 'cancelled', detail: 'cancelled by admin', killed: 0 },
  });
  const { entries } = (await ask(as.admin, 'GET /audit?action=job.cancel')).body;
  expect(entries).toMatchObject([{ uid: 0, target: `job/${other}`, before: { user: 'ada' }, after: { killed: 0 } }]);
});

test('a job is cancelled once in each state, and has ended once', async () => {
  const it = await world();
  const { ctx, ask, as, submit } = it;
  const cancel = (id: number) => ask(as.ada, `POST /jobs/${id}/cancel`);
  const waiting = await submit(as.ada);
  expect([(await cancel(waiting)).status, (await cancel(waiting)).status]).toEqual([200, 409]);
  const done = await submit(as.ada);
  await endJob(ctx, await taken(it), END);
  const refused = await cancel(done);
  expect(refused).toMatchObject({ status: 409, body: { detail: `Job ${done} has ended already` } });
  expect((await ask(as.ada, `GET /jobs/${done}`)).body).toMatchObject({ status: 'DONE', reason: 'exit' });
});

test('a job whose worker is lost ends once, and what its worker says later is dropped', async () => {
  const it = await world();
  const { ctx, ask, as, submit } = it;
  const id = await submit(as.ada);
  const run = await taken(it);
  for (let look = 0; look < 6; look += 1) {
    await ctx.redis.del(ctx.keys.jobs.looked);
    await endLostJobs(ctx);
  }
  const lost = await ask(as.ada, `GET /jobs/${id}`);
  expect(lost.body).toMatchObject({ status: 'ERROR', reason: 'lost', detail: 'its worker was lost', attempts: 1 });
  expect(await endJob(ctx, run, END)).toBe(false);
  expect((await ask(as.ada, `GET /jobs/${id}`)).body).toEqual(lost.body);
});

test('lists are of what one may see, in pages, and filtered', async () => {
  const it = await world();
  const { ctx, ask, as, uids, submit } = it;
  for (const [by, language] of [
    [as.ada, 'python'],
    [as.bob, 'bash'],
    [as.ada, 'bash'],
  ] as const) {
    await submit(by, { language });
  }
  await endJob(ctx, await taken(it), END);
  const ids = async (by: typeof as.ada, query = '') =>
    (await ask(by, `GET /jobs${query}`)).body.jobs.map(({ id }: { id: number }) => id);
  expect(await ids(as.ada)).toEqual([3, 1]);
  expect(await ids(as.admin)).toEqual([3, 2, 1]);
  expect(await ids(as.admin, `?uid=${uids.bob}`)).toEqual([2]);
  expect(await ids(as.ada, '?status=DONE')).toEqual([1]);
  expect(await ids(as.ada, '?language=bash')).toEqual([3]);
  expect(await ids(as.ada, `?since=${Date.now() + 60_000}`)).toEqual([]);
  expect(await ids(as.ada, `?until=${Date.now() + 60_000}`)).toEqual([3, 1]);
  const { jobs, next } = (await ask(as.ada, 'GET /jobs?limit=1')).body;
  expect(jobs).toMatchObject([{ id: 3 }]);
  expect(await ids(as.ada, `?limit=1&before=${next}`)).toEqual([1]);
  expect((await ask(as.bob, `GET /jobs?uid=${uids.ada}`)).status).toBe(403);
  const backwards = await ask(as.ada, 'GET /jobs?since=2&until=1');
  expect([backwards.status, backwards.body.fields]).toEqual([
    422,
    [{ path: 'since', code: 'refused', message: 'must be before until' }],
  ]);
});
