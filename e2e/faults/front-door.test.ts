import { once } from 'node:events';
import { Agent, get, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { setInterval } from 'node:timers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { liveMessage } from '#lib/keys';
import { ADMIN_PASSWORD } from '../support/accounts.ts';
import { askOver } from '../support/ask-over.ts';
import { scrape } from '../support/exposition.ts';
import { limit } from '../support/limit.ts';
import { memoryOf } from '../support/memory-of.ts';
import { type SeededWeb, startSeededWeb } from '../support/seeded-web.ts';

const CROWD = 5_000;
const LOITERERS = 100;
/** A quarter of it is what they cost once the garbage of their arrival has been collected. */
const MOST_KIB = 25;

let web: SeededWeb;
beforeAll(async () => {
  web = await startSeededWeb([{ name: 'cpu' }]);
});
afterAll(() => web[Symbol.asyncDispose]());

type Watcher = { response: IncomingMessage; heard: () => string };

async function watch(): Promise<Watcher> {
  const [response]: IncomingMessage[] = await once(get(`${web.url}/live/cpu`, { agent: false }), 'response');
  if (response?.statusCode !== 200) throw new Error(`the feed answers ${response?.statusCode}`);
  let heard = '';
  response.setEncoding('utf8').on('data', (chunk: string) => {
    // The first of it is the state, which is long.
    if (!chunk.startsWith('retry:')) heard += chunk;
  });
  response.on('error', () => {});
  return { response, heard: () => heard };
}

async function watchers(count: number): Promise<Watcher[]> {
  const all: Watcher[] = [];
  while (all.length < count)
    all.push(...(await Promise.all(Array.from({ length: Math.min(100, count - all.length) }, watch))));
  return all;
}

const viewers = async () => (await scrape(`${web.url}/metrics`)).get('vigia_live_viewers');

/** Begins a request and never comes to its end, a byte at a time. */
function loiter(): { ended: Promise<unknown> } {
  const { hostname, port } = new URL(web.url);
  const socket = connect(Number(port), hostname);
  socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
  const dripping = setInterval(() => socket.write('a'), 1_000);
  socket.on('error', () => {}).resume();
  // However it is hung up on: a byte may be on its way, which makes it an error.
  const ended = new Promise((resolve) => socket.once('close', resolve)).finally(() => clearInterval(dripping));
  return { ended };
}

test('a crowd of viewers is served at a small price, and whoever loiters with a request is hung up on', async () => {
  const startedAt = performance.now();
  const loiterers = Array.from({ length: LOITERERS }, loiter);
  // What a server with viewers has, whoever they are.
  for (const { response } of await watchers(200)) response.destroy();
  await expect.poll(viewers, { timeout: 20_000 }).toBe(0);
  const before = memoryOf(web.pid);
  const crowd = await watchers(CROWD);
  expect(await viewers()).toBe(CROWD);
  const { redis, keys } = web.ctx;
  let events = 0;
  /** Sends an event, which all of them get, and tells what each of them costs now. */
  const kibEach = async () => {
    events += 1;
    const id = `${Date.now() + 1_000}-${events}`;
    const entry = { inputAt: 1, tookMs: 1, lagMs: 0, version: 'v', result: '{"n": 1}' };
    await redis.publish(keys.live('cpu'), `${liveMessage.result} ${id}\n${JSON.stringify(entry)}`);
    const reached = () => crowd.filter(({ heard }) => heard().includes(`id: ${id}\n`)).length;
    await expect.poll(reached, { timeout: 20_000 }).toBe(CROWD);
    return ((memoryOf(web.pid) - before) * 1024) / CROWD;
  };
  await expect.poll(kibEach, { timeout: 20_000 }).toBeLessThan(MOST_KIB);
  // Others are served meanwhile.
  expect((await fetch(`${web.url}/api/v1/functions/cpu`)).status).toBe(200);
  for (const { response } of crowd) response.destroy();
  await expect.poll(viewers, { timeout: 3_000 }).toBe(0);
  await Promise.all(loiterers.map(({ ended }) => ended));
  expect(performance.now() - startedAt).toBeLessThan(limit(25_000));
});

// With all that a front door may be at: a live page, a request whose body is still coming, a connection that is kept,
// and one that a browser opened for later.
test('told to end, it sends viewers elsewhere at once, answers what is under way, and ends well', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  expect(await askOver(agent, `${web.url}/readyz`)).toEqual([200, 'keep-alive']);
  const { hostname, port } = new URL(web.url);
  const unused = connect(Number(port), hostname).resume();
  const hungUp = once(unused, 'close');
  const { response: live } = await watch();
  const sentElsewhere = once(live, 'end');
  const body = JSON.stringify({ name: 'admin', password: ADMIN_PASSWORD });
  const headers = {
    'content-type': 'application/json',
    'content-length': body.length,
    origin: web.url,
    expect: '100-continue',
  };
  const signingIn = request(`${web.url}/api/v1/session`, { method: 'POST', headers });
  const signedIn = once(signingIn, 'response');
  signingIn.flushHeaders();
  await once(signingIn, 'continue');
  signingIn.write(body.slice(0, 10));

  const exited = web.stop();
  // Asked again and again, until it says that it leaves.
  let answer = await askOver(agent, `${web.url}/readyz`);
  while (answer[0] === 200) answer = await askOver(agent, `${web.url}/readyz`);
  expect(answer).toEqual([503, 'close']);
  await sentElsewhere;
  await hungUp;
  // This is not hung up on yet: the stream did not only end with everything else.
  signingIn.end(body.slice(10));
  const [response]: IncomingMessage[] = await signedIn;
  // It came before the end had begun, and is told all the same.
  expect([response?.statusCode, response?.headers.connection]).toEqual([200, 'close']);
  response?.resume();
  expect(await exited).toBe(0);
  agent.destroy();
});
