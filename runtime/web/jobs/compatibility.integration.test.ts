import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startJobsRole } from '../../jobs/role.ts';
import { PAGE, serviceSuite } from './jobs-door.fixture.ts';

/** As a client of the older service would: it knows the table of its calls, and nothing else of Vigia. */
const { service } = serviceSuite(startJobsRole);
type Service = Awaited<ReturnType<typeof service>>;
type User = Service['ada'];

const RUN = { code: 'print(input())', input: 'hello' };

function client(url: string, { uid, headers }: User) {
  const ask = async (method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) };
    const response = await fetch(url + path, sent);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
  };
  return {
    ask,
    submit: async (job: object = RUN, path = '/jobs/') => (await ask('POST', path, { uid, ...job })).body.job_id,
    /** Asks until the job is so, as clients do. */
    async until(id: number, ...statuses: string[]) {
      for (;;) {
        const [job] = (await ask('GET', `/jobs/${id}`)).body;
        if (statuses.includes(job.status)) return job;
        await wait(20);
      }
    },
  };
}

const ended = ['DONE', 'ERROR'];

test('POST /jobs/ answers with a number, and GET /jobs/<job_id> with the job in a list of one', async () => {
  const { url, ada } = await service();
  const { ask, submit, until } = client(url, ada);
  const posted = await ask('POST', '/jobs/', { uid: ada.uid, ...RUN });
  expect([posted.status, posted.body]).toEqual([201, { job_id: 1 }]);
  expect(await submit(RUN, '/jobs')).toBe(2);
  expect(await until(1, ...ended)).toMatchObject({ job_id: 1, uid: ada.uid, status: 'DONE', result: 'hello\n' });
  const { body } = await ask('GET', '/jobs/1');
  expect(body).toHaveLength(1);
  expect(body[0]).toMatchObject({ job_id: 1, exit_code: 0 });
});

test('result is what the script wrote to the terminal, and ERROR is an exit code that is not 0', async () => {
  const { url, ada } = await service();
  const { submit, until } = client(url, ada);
  const id = await submit({ code: 'import sys, os\nos.write(1, b"a")\nsys.exit("b")', input: '' });
  expect(await until(id, ...ended)).toMatchObject({
    status: 'ERROR',
    exit_code: 1,
    result: expect.stringMatching(/a/),
  });
  const [job] = (await client(url, ada).ask('GET', `/jobs/${id}`)).body;
  expect(job.result).toContain('b');
});

test('a job is WAITING when it is accepted and not yet started, and DELETE cancels it', async () => {
  const { url, ada } = await service({ JOBS_CONCURRENCY: '1' });
  const { ask, submit, until } = client(url, ada);
  const first = await submit({ code: 'while True: pass', input: '' });
  const second = await submit();
  await until(first, 'RUNNING');
  expect((await ask('GET', `/jobs/${second}`)).body[0]).toMatchObject({ status: 'WAITING', result: '' });
  for (const id of [second, first]) {
    expect(await ask('DELETE', `/jobs/${id}`)).toMatchObject({ status: 202, body: { job_id: id, status: 'ERROR' } });
    expect((await ask('DELETE', `/jobs/${id}`)).status).toBe(409);
    expect((await ask('GET', `/jobs/${id}`)).body[0]).toMatchObject({ status: 'ERROR', reason: 'cancelled' });
  }
});

test('GET /, /jobs and /users/<uid> are lists of the same objects, the newest first', async () => {
  const { url, ada, bob, admin } = await service();
  const [mine, theirs, all] = [client(url, ada), client(url, bob), client(url, admin)];
  const ids = [await mine.submit(), await theirs.submit(), await mine.submit()];
  for (const id of ids) await all.until(id, ...ended);
  const list = async ({ ask }: typeof mine, path: string) => (await ask('GET', path)).body;
  const [one] = (await mine.ask('GET', '/jobs/1')).body;
  for (const path of ['/', '/jobs', '/jobs/', `/users/${ada.uid}`]) {
    const jobs = await list(mine, path);
    expect([path, jobs.map((job: { job_id: number }) => job.job_id)]).toEqual([path, [3, 1]]);
    expect(jobs[1]).toEqual(one);
    expect(jobs[1]).toMatchObject({ job_id: 1, uid: ada.uid, status: 'DONE', result: 'hello\n' });
  }
  expect((await list(all, '/')).length).toBe(3);
  expect((await list(all, `/users/${bob.uid}`)).length).toBe(1);
  expect(await list(all, '/users/12345')).toEqual([]);
  expect((await theirs.ask('GET', `/users/${ada.uid}`)).status).toBe(403);
});

test('submitting needs the uid and the password, and nobody sees the jobs of others', async () => {
  const { url, ada, bob } = await service();
  const mine = client(url, ada);
  await mine.submit();
  const wrong = { uid: ada.uid, headers: { authorization: `Basic ${btoa(`${ada.uid}:wrong`)}` } };
  const nobody = { uid: ada.uid, headers: { authorization: '' } };
  for (const user of [wrong, nobody]) {
    const { ask } = client(url, user);
    const answers = [
      await ask('POST', '/jobs/', { uid: ada.uid, ...RUN }),
      await ask('GET', '/'),
      await ask('GET', '/jobs/1'),
      await ask('DELETE', '/jobs/1'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    expect(answers[0]?.headers.get('www-authenticate')).toMatch(/^Basic /);
  }
  const theirs = client(url, bob);
  expect((await theirs.ask('POST', '/jobs/', { uid: ada.uid, ...RUN })).status).toBe(403);
  const foreign = [await theirs.ask('GET', '/jobs/1'), await theirs.ask('DELETE', '/jobs/1')];
  const missing = [await theirs.ask('GET', '/jobs/99'), await theirs.ask('DELETE', '/jobs/99')];
  expect(foreign.map(({ status, body }) => [status, body])).toEqual(missing.map(({ status, body }) => [status, body]));
  expect(foreign[0]?.status).toBe(404);
  for (const uid of [ada.uid, 0, 99]) expect((await theirs.ask('GET', `/users/${uid}`)).status).toBe(403);
});

test('one Idempotency-Key is one job', async () => {
  const { url, ada } = await service();
  const headers = { ...ada.headers, 'idempotency-key': 'nightly-7' };
  const body = JSON.stringify({ uid: ada.uid, ...RUN });
  const post = () => fetch(`${url}/jobs`, { method: 'POST', headers, body }).then((response) => response.json());
  const answers = await Promise.all(Array.from({ length: 50 }, post));
  expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"job_id":1}']));
  expect((await client(url, ada).ask('GET', '/jobs')).body).toHaveLength(1);
});

test.each([
  ['not JSON', '{"uid": '],
  ['no code', '{"uid": 1, "input": ""}'],
  ['no uid', '{"code": "print(1)", "input": ""}'],
  ['a uid that is text', '{"uid": "1", "code": "print(1)", "input": ""}'],
])('a body that is %s is refused, and says why', async (_name, body) => {
  const { url, ada } = await service();
  const response = await fetch(`${url}/jobs/`, { method: 'POST', headers: ada.headers, body });
  expect([response.status, response.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
});

test('what is too large is refused before it is in memory', async () => {
  const { url, ada } = await service();
  const body = JSON.stringify({ uid: ada.uid, code: 'x'.repeat(14 * 1024 * 1024) });
  const response = await fetch(`${url}/jobs/`, { method: 'POST', headers: ada.headers, body });
  expect(response.status).toBe(413);
});

test("a person's browser gets pages at the same addresses, and caches are told of it", async () => {
  const { url, ada } = await service();
  await client(url, ada).submit();
  for (const path of ['/', '/jobs', '/jobs/1', `/users/${ada.uid}`]) {
    const page = await fetch(url + path, { headers: { ...ada.headers, accept: 'text/html,*/*;q=0.8' } });
    expect([path, await page.text(), page.headers.get('vary')]).toEqual([path, PAGE, 'rsc, Accept']);
    const json = await fetch(url + path, { headers: ada.headers });
    expect([path, json.headers.get('content-type'), json.headers.get('vary')]).toEqual([
      path,
      'application/json',
      'Accept',
    ]);
  }
});

test('a page of another site changes nothing, whatever it sends along', async () => {
  const { url, ada } = await service();
  const send = (origin: string) => {
    const headers = { ...ada.headers, origin, 'content-type': 'text/plain' };
    return fetch(`${url}/jobs`, { method: 'POST', headers, body: JSON.stringify({ uid: ada.uid, ...RUN }) });
  };
  expect([(await send('https://evil.test')).status, (await send('null')).status, (await send(url)).status]).toEqual([
    403, 403, 201,
  ]);
});

test('what cannot be done with an address is said', async () => {
  const { url, ada } = await service();
  const response = await fetch(`${url}/jobs/1`, { method: 'PUT', headers: ada.headers, body: '{}' });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'HEAD, GET, DELETE']);
  for (const path of ['/jobs/events', '/jobs/1/output']) {
    const head = await fetch(url + path, { method: 'HEAD', headers: ada.headers });
    expect([head.status, head.headers.get('allow')]).toEqual([405, 'GET']);
  }
});
