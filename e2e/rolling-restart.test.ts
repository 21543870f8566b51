import { Agent } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { askOver } from './support/ask-over.ts';
import { startRedis } from './support/redis-server.ts';
import { startWebRole } from './support/web-role.ts';

const PASSWORD = 'a password of theirs';
/** Empty means not set: it serves on for as long as it does unless told otherwise. */
const AS_IT_IS = '';

// What the cluster does in a rollout, with its steps as events: the new pod is ready, the old one is told to end, and is still
// asked for while nodes learn that it leaves.
test('a rolling restart of the front door loses no request', async () => {
  await using redis = await startRedis();
  const settings = { REDIS_URL: redis.url, ADMIN_PASSWORD: PASSWORD };
  const old = await startWebRole({ ...settings, WEB_GRACE: AS_IT_IS });
  const endpoints = [old.url];
  const outcomes: number[] = [];
  let isOver = false;
  const ask = async (client: number) => {
    for (let turn = client; !isOver; turn += 1) {
      const url = endpoints[turn % endpoints.length];
      const path = ['/', '/api/v1/status', '/signin'][turn % 3];
      outcomes.push(
        await fetch(`${url}${path}`, { headers: { accept: 'text/html' } }).then(
          (r) => r.status,
          () => 0,
        ),
      );
    }
  };
  const clients = Array.from({ length: 8 }, (_, client) => ask(client));
  const moreAnswers = async (count: number) => {
    const target = outcomes.length + count;
    await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThanOrEqual(target);
  };
  await moreAnswers(40);
  await using next = await startWebRole(settings);
  expect((await fetch(`${next.url}/readyz`)).status).toBe(200);
  endpoints.push(next.url);
  await moreAnswers(40);
  const exited = old.stop();
  await expect.poll(async () => (await fetch(`${old.url}/readyz`)).status, { interval: 10 }).toBe(503);
  await moreAnswers(16);
  endpoints.shift();
  // Requests that went to the old one before everybody knew are under way now.
  expect(await exited).toBe(0);
  await moreAnswers(40);
  isOver = true;
  await Promise.all(clients);
  expect(outcomes.filter((status) => status !== 200)).toEqual([]);
});

// A proxy keeps its connections, and the nodes let them live: on these, requests come until the very end.
test('whoever keeps a connection to the one that ends is told to leave, and loses no request either', async () => {
  await using redis = await startRedis();
  const old = await startWebRole({ REDIS_URL: redis.url, ADMIN_PASSWORD: PASSWORD });
  const outcomes: number[] = [];
  const clients = Array.from({ length: 8 }, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let isTold = false; !isTold; ) {
      const [status, connection] = await askOver(agent, `${old.url}/api/v1/status`);
      outcomes.push(status);
      isTold = connection === 'close';
    }
    agent.destroy();
  });
  await expect.poll(() => outcomes.length, { timeout: 30_000 }).toBeGreaterThan(100);
  await Promise.all([old[Symbol.asyncDispose](), ...clients]);
  expect(outcomes.filter((status) => status !== 200)).toEqual([]);
});

// As people and programs do, who think between two requests: some say nothing in the very moment that it is told to leave.
test('two hundred who keep a connection, and think for up to a second between requests, lose none', async () => {
  await using redis = await startRedis();
  const settings = { REDIS_URL: redis.url, ADMIN_PASSWORD: PASSWORD, JOBS_WAITING_PER_USER: '100000' };
  await using stack = new AsyncDisposableStack();
  const start = async (grace: string) => stack.use(await startWebRole({ ...settings, WEB_GRACE: grace }));
  const [old, next] = await Promise.all([start(AS_IT_IS), start('0')]);
  const cookie = await signIn(next.url);
  const reading = (path: string) => ({ path, headers: { accept: 'text/html' }, answer: 200 });
  const changing = (origin: string) => ({
    path: '/api/v1/jobs',
    method: 'POST',
    headers: { cookie, origin, 'content-type': 'application/json' },
    body: JSON.stringify({ language: 'bash', code: 'echo here' }),
    answer: 201,
  });
  let answers = 0;
  const lost: string[] = [];
  let isOver = false;
  const ask = async (client: number) => {
    let { url } = old;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    for (let turn = client; !isOver; turn += 1) {
      const requests = [reading('/'), reading('/api/v1/status'), reading('/signin'), changing(url)];
      const { path, answer, ...sent } = requests[turn % requests.length] ?? reading('/');
      const [status, connection] = await askOver(agent, url + path, sent).catch((error) => [String(error)]);
      answers += 1;
      if (status !== answer) lost.push(`${path}: ${status}`);
      // Where whoever balances the load sends new connections.
      if (connection === 'close') url = next.url;
      await setTimeout(Math.random() * 1_000);
    }
    agent.destroy();
  };
  const clients = Array.from({ length: 200 }, (_, client) => ask(client));
  const moreAnswers = async (count: number) => {
    const target = answers + count;
    await expect.poll(() => answers, { timeout: 30_000 }).toBeGreaterThanOrEqual(target);
  };
  await moreAnswers(400);
  expect(await old.stop()).toBe(0);
  // Whoever was not told asks the one that has gone.
  await moreAnswers(200);
  isOver = true;
  await Promise.all(clients);
  expect(lost).toEqual([]);
});

async function signIn(origin: string): Promise<string> {
  const { headers } = await fetch(`${origin}/api/v1/session`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'admin', password: PASSWORD }),
  });
  const [cookie = ''] = headers.getSetCookie();
  return cookie;
}
