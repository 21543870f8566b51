import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, get, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Context, createContext } from '#lib/context';
import { recordInvocation } from '#lib/functions/record-invocation';
import { createCommandClient, createSubscriber } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import { declared } from '../../../e2e/support/declared.ts';
import { type RedisServer, startRedis } from '../../../e2e/support/redis-server.ts';
import { RoleUnderTest } from '../../../e2e/support/role-under-test.ts';
import { sendError } from '../problem.ts';
import { LiveHub } from './hub.ts';
import { serveLive } from './route.ts';
import { Viewer } from './viewer.ts';

const STATE: FunctionState = {
  name: 'default',
  language: 'python',
  source: 'f.py',
  version: 'abc1234',
  handler: 'handler',
  versionNumber: 1,
  isolation: 'own',
  revision: 1,
  envEpoch: 0,
  rejected: null,
  lastExecutionAt: null,
  inputKey: 'in',
  outputKey: 'out',
  periodMs: 5000,
  timeoutMs: 10_000,
  invoke: 'tick',
  status: 'running',
  since: 1,
  ticks: { done: 0, failed: 0, late: 0 },
  lastTickAt: null,
  lastDueAt: null,
  input: { changedAt: null, everyMs: null, digest: null, problem: null },
  failure: null,
  failedInARow: 0,
  retryAt: null,
  notSaved: [],
};

/** Under which all is written. */
const LEASE = '1 {}';

const folder = mkdtempSync(join(tmpdir(), 'vigia-test-'));
/** So that a restarted server still has its history, as the embedded one has. */
const durable = ['--appendonly', 'yes', '--dir', folder];
let redis: RedisServer;
let under: RoleUnderTest;
let ctx: Context;
let subscriber: Redis;
let hub: LiveHub;
let server: Server;
let base: string;
const streams: Stream[] = [];

beforeAll(async () => {
  redis = await startRedis({ args: durable });
  under = new RoleUnderTest(redis.url, { KEY_PREFIX: 'live:' });
  const commands = createCommandClient(redis, 'test', under.log);
  subscriber = createSubscriber(redis, 'test', under.log);
  await Promise.all([commands.connect(), subscriber.connect()]);
  ctx = createContext(under.config, commands, under.log);
  hub = new LiveHub(ctx, subscriber);
  server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test');
    serveLive(ctx, hub, url, request, response).catch((error) => sendError(response, error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  await declared(ctx, 'default');
  await under.redis.set(under.keys.lease('default'), LEASE);
  await recordInvocation(ctx, { state: STATE, lease: LEASE, announce: false });
});

afterEach(() => {
  for (const stream of streams.splice(0)) stream.close();
});

afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  server.close();
  ctx.redis.disconnect();
  subscriber.disconnect();
  await under[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

type Event = { event: string; id: string | undefined; data: unknown };

/** A reader of server-sent events that waits for what it is asked for. */
class Stream {
  readonly events: Event[] = [];
  readonly #response: IncomingMessage;
  #text = '';
  #wake = () => {};

  constructor(response: IncomingMessage) {
    this.#response = response;
    response.setEncoding('utf8').on('data', (chunk: string) => {
      this.#text += chunk;
      const blocks = this.#text.split('\n\n');
      this.#text = blocks.pop() ?? '';
      for (const block of blocks) this.#block(block);
      this.#wake();
    });
    response.on('error', () => {});
  }

  get results(): unknown[] {
    return this.events.filter(({ event }) => event === 'result').map(({ data }) => value(data));
  }

  async until(done: () => boolean): Promise<void> {
    while (!done()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  close(): void {
    this.#response.destroy();
  }

  #block(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const event = fields.get('event');
    if (event === undefined) return;
    this.events.push({ event, id: fields.get('id'), data: JSON.parse(fields.get('data') ?? 'null') });
  }
}

function value(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'result' in data ? JSON.parse(String(data.result)).n : null;
}

async function connect(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
  const [response] = await once(get(base + path, { headers }), 'response');
  return response;
}

async function follow(path = '/live/default', headers: Record<string, string> = {}): Promise<Stream> {
  const response = await connect(path, headers);
  expect(response.statusCode).toBe(200);
  const stream = new Stream(response);
  streams.push(stream);
  await stream.until(() => stream.events.some(({ event }) => event === 'state'));
  return stream;
}

const record = (n: number, context = ctx) =>
  recordInvocation(context, {
    state: STATE,
    lease: LEASE,
    announce: false,
    entry: { inputAt: 1, tookMs: 1, lagMs: 0, version: 'abc1234', result: `{"n": ${n}}` },
  });

test('a viewer gets the state, then each result once with its history id', async () => {
  const stream = await follow();
  expect(stream.events[0]).toMatchObject({
    event: 'state',
    data: { state: { name: 'default' }, redisDownSince: null },
  });
  const id = await record(1);
  await stream.until(() => stream.results.length === 1);
  expect(stream.events.at(-1)).toMatchObject({ id, data: { result: '{"n": 1}', version: 'abc1234' } });
});

test.each(['after', 'Last-Event-ID'])(
  'a viewer that comes back with %s misses nothing and gets nothing twice',
  async (way) => {
    const seen = await record(10);
    await record(11);
    await record(12);
    const stream =
      way === 'after' ? await follow(`/live/default?after=${seen}`) : await follow('/live/default', { [way]: seen });
    await record(13);
    await stream.until(() => stream.results.length === 3);
    expect(stream.results).toEqual([11, 12, 13]);
  },
);

test('results written while viewers connect reach each of them, once and in order', async () => {
  const start = await record(100);
  const writing = (async () => {
    for (let n = 101; n <= 150; n++) await record(n);
  })();
  const viewers = await Promise.all(Array.from({ length: 20 }, () => follow(`/live/default?after=${start}`)));
  await writing;
  const all = Array.from({ length: 50 }, (_, index) => 101 + index);
  for (const viewer of viewers) {
    await viewer.until(() => viewer.results.length >= 50);
    expect(viewer.results).toEqual(all);
  }
});

test('what is no longer kept is said, so that the page reads its window anew', async () => {
  const stream = await follow('/live/default?after=1-0');
  await stream.until(() => stream.events.some(({ event }) => event === 'reset'));
});

test('a change of state reaches every viewer', async () => {
  const stream = await follow();
  await recordInvocation(ctx, { state: { ...STATE, status: 'crashing' }, lease: LEASE, announce: true });
  await stream.until(() => stream.events.filter(({ event }) => event === 'state').length === 2);
  expect(stream.events.at(-1)?.data).toMatchObject({ state: { status: 'crashing' }, runtimeAlive: true });
});

/** The context with a Redis in which something happens before a command, once. */
function interrupted(command: 'xrevrange' | 'xrange', times: number, before: () => Promise<void>): Context {
  let left = times;
  const proxy = new Proxy(ctx.redis, {
    get(target, key) {
      const found = Reflect.get(target, key, target);
      if (typeof found !== 'function') return found;
      return async (...given: unknown[]) => {
        if (key === command && --left === 0) await before();
        return await Reflect.apply(found, target, given);
      };
    },
  });
  return { ...ctx, redis: proxy };
}

test('a state that changes while the feed opens is not taken back by what was read before', async () => {
  const own = createSubscriber(redis, 'test', under.log);
  await own.connect();
  // The second look, after the subscription, reads the state and then, with this command, the newest result.
  const changing = interrupted('xrevrange', 2, async () => {
    const heard = once(own, 'message');
    await recordInvocation(ctx, { state: { ...STATE, status: 'failing' }, lease: LEASE, announce: true });
    await heard;
  });
  await using opening = new LiveHub(changing, own);
  const said: string[] = [];
  const viewer = new Viewer(new ServerResponse(new IncomingMessage(new Socket())));
  viewer.write = (frame) => void said.push(frame.toString());
  await opening.join('default', viewer, null, () => {});
  expect(said.findLast((frame) => frame.includes('event: state'))).toContain('"status":"failing"');
  own.disconnect();
  await recordInvocation(ctx, { state: STATE, lease: LEASE, announce: false });
});

test('a viewer whose catching up fails once gets what it missed, before what came meanwhile', async () => {
  const own = createSubscriber(redis, 'test', under.log);
  await own.connect();
  const seen = await record(500);
  await record(501);
  const failing = interrupted('xrange', 3, async () => {
    await record(502);
    throw new Error('Command timed out');
  });
  await using trying = new LiveHub(failing, own);
  const said: string[] = [];
  const viewer = new Viewer(new ServerResponse(new IncomingMessage(new Socket())));
  viewer.write = (frame) => void said.push(frame.toString());
  await trying.join('default', viewer, seen, () => {});
  const results = () => said.flatMap((frame) => /"n\\?": (\d+)/.exec(frame.replaceAll('\\', ''))?.[1] ?? []);
  await expect.poll(results, { timeout: 10_000 }).toEqual(['501', '502']);
  own.disconnect();
});

test('an outage of Redis is said, and what was written in it arrives afterwards', async () => {
  const stream = await follow();
  await record(200);
  await stream.until(() => stream.results.includes(200));
  const { port } = redis;
  await redis[Symbol.asyncDispose]();
  const states = () =>
    stream.events.filter(({ event }) => event === 'state').map(({ data }) => Object(data).redisDownSince);
  await stream.until(() => states().some((since) => since !== null));

  redis = await startRedis({ port, args: durable });
  // Another writer is there before the feed has noticed that Redis is back.
  const writer = createCommandClient(redis, 'writer', under.log);
  await writer.connect();
  await record(201, { ...ctx, redis: writer });
  await stream.until(() => stream.results.includes(201));
  expect(states().at(-1)).toBeNull();
  await record(202, { ...ctx, redis: writer });
  await stream.until(() => stream.results.includes(202));
  writer.disconnect();
});

test('that Redis takes no writes is said, also to who comes then, and that it takes them again', async () => {
  const stream = await follow();
  const refusals = ({ events }: Stream) =>
    events.filter(({ event }) => event === 'state').map(({ data }) => Object(data).writesRefused);
  await under.redis.config('SET', 'maxmemory', '1');
  await stream.until(() => refusals(stream).at(-1) === 'memory');
  const late = await follow();
  expect(refusals(late)).toEqual(['memory']);
  await under.redis.config('SET', 'maxmemory', '0');
  await Promise.all([stream, late].map((each) => each.until(() => refusals(each).at(-1) === null)));
});

test('a viewer who comes while Redis hangs is told so, and gets what it missed afterwards', async () => {
  const seen = await record(400);
  await record(401);
  process.kill(redis.pid, 'SIGSTOP');
  const stream = await follow(`/live/default?after=${seen}`);
  await stream.until(() => stream.events.some(({ data }) => Object(data).redisDownSince > 0));
  process.kill(redis.pid, 'SIGCONT');
  await stream.until(() => stream.results.length > 0);
  await record(402);
  await stream.until(() => stream.results.length === 2);
  expect(stream.results).toEqual([401, 402]);
});

test('a runtime that stops saying that it runs the function is noticed', async () => {
  await under.redis.set(under.keys.lease('default'), LEASE);
  await recordInvocation(ctx, { state: STATE, lease: LEASE, announce: true });
  const stream = await follow();
  await under.redis.del(under.keys.lease('default'));
  await stream.until(() => stream.events.some(({ data }) => Object(data).runtimeAlive === false));
  await under.redis.set(under.keys.lease('default'), LEASE);
});

test.each([
  ['/live/nobody', 404],
  ['/live/%00', 404],
  ['/live/%', 404],
  ['/live/default?after=yesterday', 422],
])('%s answers %i, with the reason', async (path, status) => {
  const response = await connect(path);
  expect(response.statusCode).toBe(status);
  expect(response.headers['content-type']).toBe('application/problem+json');
  response.destroy();
});

test('a viewer that leaves is let go of', async () => {
  const [one, two] = [await follow(), await follow()];
  expect(hub.viewers).toBe(2);
  one.close();
  two.close();
  await expect.poll(() => hub.viewers).toBe(0);
  const again = await follow();
  await record(300);
  await again.until(() => again.results.includes(300));
});

test('an open stream is none of the server’s any more: nothing of its request is kept, and no stop waits for it', async () => {
  const kept = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
  const stream = await follow();
  await expect.poll(kept).toBe(0);
  server.closeAllConnections();
  await record(310);
  await stream.until(() => stream.results.includes(310));
});

test('a viewer who leaves while the feed opens takes nobody with it', async () => {
  await expect.poll(() => hub.viewers).toBe(0);
  const viewer = () => new Viewer(new ServerResponse(new IncomingMessage(new Socket())));
  const [hasty, patient] = [viewer(), viewer()];
  const joining = [hasty, patient].map((each) => hub.join('default', each, null, () => {}));
  await hub.leave('default', hasty);
  await Promise.all(joining);
  await hub.leave('default', hasty);
  const channel = under.keys.live('default');
  expect(await under.redis.pubsub('NUMSUB', channel)).toEqual([channel, 1]);
  expect(hub.viewers).toBe(1);
  await hub.leave('default', patient);
  await expect.poll(() => under.redis.pubsub('NUMSUB', channel)).toEqual([channel, 0]);
});

test('a viewer who comes when the feed has ended is sent away with the state', async () => {
  const ending = new LiveHub(ctx, subscriber);
  await ending[Symbol.asyncDispose]();
  const viewer = new Viewer(new ServerResponse(new IncomingMessage(new Socket())));
  const said: string[] = [];
  viewer.write = (frame) => void said.push(frame.toString());
  viewer.end = () => void said.push('the end');
  await ending.join('default', viewer, null, () => {});
  expect(said).toEqual([expect.stringContaining('event: state'), 'the end']);
  await ending.leave('default', viewer);
});

test('a reader that does not read is dropped, and the others go on', async () => {
  const idle = await connect('/live/default');
  idle.pause();
  const closed = once(idle, 'close');
  idle.on('error', () => {});
  const busy = await follow();
  const filler = 'x'.repeat(200_000);
  const drop = (async () => {
    for (let n = 0; n < 400 && hub.viewers === 2; n++) {
      await recordInvocation(ctx, {
        state: STATE,
        lease: LEASE,
        announce: false,
        entry: { inputAt: 1, tookMs: 1, lagMs: 0, version: 'v', result: `{"n": 999, "filler": "${filler}"}` },
      });
    }
  })();
  await drop;
  expect(hub.viewers).toBe(1);
  await record(1000);
  await busy.until(() => busy.results.includes(1000));
  idle.destroy();
  await closed;
});
