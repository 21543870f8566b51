import { expect, test } from 'vitest';
import { ADMIN as FIRST_ADMIN } from '#lib/auth/accounts.fixture';
import type { Caller } from '#lib/auth/caller';
import { createToken } from '#lib/auth/create-token';
import { updateUser } from '#lib/auth/update-user';
import { endJob } from '#lib/jobs/end-job';
import { holdJobs } from '#lib/jobs/hold-jobs';
import { END } from '#lib/jobs/jobs.fixture';
import { submitJob } from '#lib/jobs/submit-job';
import { takeJob } from '#lib/jobs/take-job';
import { type Event, events } from './events.fixture.ts';
import { basic, PASSWORD, serviceSuite } from './jobs-door.fixture.ts';

/** Nobody runs anything, so that each step of a job is the test's. */
const { service } = serviceSuite(async () => ({ async [Symbol.asyncDispose]() {} }));

const caller = (uid: number, name: string): Caller => ({
  uid,
  name,
  role: 'user',
  via: 'password',
  credentialId: null,
});
const WORKER = { instance: 'a', host: 'h', pid: 1, executor: 'local', tier: 'landlock', missing: [], concurrency: 2 };
const RUN = { run: 'a:1', executor: 'local', tier: 'landlock', languages: ['python'] } as const;

async function feeds() {
  const { ctx, url, ada, bob, admin } = await service();
  /** What somebody is told, from the moment on when they are. */
  const watch = async (headers: Record<string, string>) => {
    const all = events(await fetch(`${url}/jobs/events`, { headers }));
    const until = async (is: (event: Event) => boolean): Promise<Event[]> => {
      const seen: Event[] = [];
      for (let next = await all.next(); !next.done; next = await all.next()) {
        seen.push(next.value);
        if (is(next.value)) return seen;
      }
      throw new Error(`it ended after ${JSON.stringify(seen)}`);
    };
    expect((await all.next()).value).toMatchObject({ event: 'reset' });
    return { until, rest: () => Array.fromAsync(all) };
  };
  const users = { ada: caller(ada.uid, 'ada'), bob: caller(bob.uid, 'bob') };
  return { ctx, url, watch, ...users, as: { ada: ada.headers, bob: bob.headers, admin: admin.headers } };
}

const isAbout = (id: number, status: string) => (event: Event) =>
  event.event === 'jobs' &&
  Object(event.data).jobs.some((job: Event) => Object(job).id === id && Object(job).status === status);
const idsIn = (seen: Event[]) =>
  seen.filter(({ event }) => event === 'jobs').flatMap(({ data }) => Object(data).jobs.map((job: Event) => job.id));

test('each state that a job gets into is told to its user and to admins, and to nobody else', async () => {
  const { ctx, watch, ada, bob, as } = await feeds();
  const [mine, theirs, all] = [await watch(as.ada), await watch(as.bob), await watch(as.admin)];
  const { id } = await submitJob(ctx, ada, { code: 'print(1)' });
  await mine.until(isAbout(id, 'WAITING'));
  await all.until(isAbout(id, 'WAITING'));
  const job = await takeJob(ctx, RUN);
  await mine.until(isAbout(id, 'RUNNING'));
  await endJob(ctx, { id: job?.id ?? 0, run: RUN.run }, END);
  await mine.until(isAbout(id, 'DONE'));
  await all.until(isAbout(id, 'DONE'));
  const other = await submitJob(ctx, bob, { code: 'print(1)' });
  expect(idsIn(await theirs.until(isAbout(other.id, 'WAITING')))).toEqual([other.id]);
});

test('the queue is told at first and when it changes: also that there is no worker, and that one has come', async () => {
  const { ctx, watch, ada, as } = await feeds();
  const { until } = await watch(as.ada);
  const isQueue = (is: (queue: { waiting: number; workers: object[] }) => boolean) => (event: Event) =>
    event.event === 'queue' && is(Object(event.data));
  await until(isQueue(({ waiting, workers }) => waiting === 0 && workers.length === 0));
  await submitJob(ctx, ada, { code: 'print(1)' });
  const waits = await until(isQueue(({ waiting }) => waiting === 1));
  expect(waits.at(-1)?.data).toMatchObject({ own: { waiting: 1, running: 0 }, running: 0 });
  await holdJobs(ctx, { ...WORKER, languages: ['python'] }, []);
  const came = await until(isQueue(({ workers }) => workers.length === 1));
  expect(came.at(-1)?.data).toMatchObject({
    workers: [{ executor: 'local', tier: 'landlock', languages: ['python'], concurrency: 2 }],
    languages: [
      { language: 'python', waiting: 1, workers: 1 },
      { language: 'node', waiting: 0, workers: 0 },
      { language: 'bash', waiting: 0, workers: 0 },
    ],
  });
  expect(JSON.stringify(came.at(-1)?.data)).not.toContain('"host"');
});

test('while Redis does not answer that is told once, and the list is to be read anew when it does', async () => {
  const { ctx, watch, as } = await feeds();
  const { until } = await watch(as.ada);
  await until(({ event }) => event === 'queue');
  const pid = Number(/process_id:(\d+)/.exec(await ctx.redis.info('server'))?.[1]);
  process.kill(pid, 'SIGSTOP');
  try {
    expect(await until(({ event }) => event === 'away')).toHaveLength(1);
  } finally {
    process.kill(pid, 'SIGCONT');
  }
  const back = await until(({ event }) => event === 'queue');
  expect(back.map(({ event }) => event)).toEqual(['reset', 'queue']);
});

test('many at once are a list to read anew', async () => {
  const { ctx, watch, ada, as } = await feeds();
  const { until } = await watch(as.ada);
  await Promise.all(Array.from({ length: 300 }, () => submitJob(ctx, ada, { code: 'print(1)' })));
  await until(({ event }) => event === 'reset');
});

test('who is not any more who they were is told no more', async () => {
  const { ctx, watch, ada, as } = await feeds();
  const [mine, theirs] = [await watch(as.ada), await watch(as.bob)];
  await updateUser(ctx, FIRST_ADMIN, { uid: ada.uid, changes: { role: 'admin' } });
  await mine.rest();
  await updateUser(ctx, FIRST_ADMIN, { uid: 2, changes: { disabled: true } });
  await theirs.rest();
});

test('it is for people who are signed in, and asks no browser for a password', async () => {
  const { ctx, url, ada } = await feeds();
  const asked = async (headers: Record<string, string> = {}) => await fetch(`${url}/jobs/events`, { headers });
  const nobody = await asked();
  expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Vigia"']);
  expect((await asked(basic(ada.uid, `${PASSWORD}!`))).status).toBe(401);
  const { secret } = await createToken(ctx, ada, { name: 'for a test' });
  const stream = await asked({ authorization: `Bearer ${secret}` });
  expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  await stream.body?.cancel();
});
