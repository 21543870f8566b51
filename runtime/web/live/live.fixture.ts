import { once } from 'node:events';
import { createServer, get, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { type Context, createContext } from '#lib/context';
import { recordInvocation } from '#lib/functions/record-invocation';
import { readRecord } from '#lib/functions/records';
import { neverRun } from '#lib/functions/state-of';
import { createCommandClient, createSubscriber } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import { declared } from '../../../e2e/support/declared.ts';
import { type RedisServer, startRedis } from '../../../e2e/support/redis-server.ts';
import { RoleUnderTest } from '../../../e2e/support/role-under-test.ts';
import { scratchFolder } from '../../../e2e/support/scratch-folder.ts';
import { sendError } from '../problem.ts';
import { EventStream } from './event-stream.fixture.ts';
import { LiveHub } from './hub.ts';
import { serveLive } from './route.ts';
import { Viewer } from './viewer.ts';

/** Under which all is written. */
const LEASE = '1 {}';

/** A server that has the live feed and nothing else. */
export async function serveFeed(ctx: Context, hub: LiveHub): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://test');
    serveLive(ctx, hub, url, request, response).catch((error) => sendError(response, error));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return { server, url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}` };
}

/** A viewer without a connection, and the frames that it was sent. */
export function viewerWithout(): { viewer: Viewer; said: string[] } {
  const said: string[] = [];
  const viewer = new Viewer(new ServerResponse(new IncomingMessage(new Socket())));
  viewer.write = (frame) => void said.push(frame.toString());
  return { viewer, said };
}

/** A live feed of the function `default`, which runs, on a Redis that keeps what it has while it is away. */
export function liveSuite() {
  const durable = ['--appendonly', 'yes', '--dir', scratchFolder().folder];
  const streams: EventStream[] = [];
  let redis: RedisServer;
  let under: RoleUnderTest;
  let ctx: Context;
  let state: FunctionState;
  let subscriber: Redis;
  let hub: LiveHub;
  let served: Awaited<ReturnType<typeof serveFeed>>;

  beforeAll(async () => {
    redis = await startRedis({ args: durable });
    under = new RoleUnderTest(redis.url, { KEY_PREFIX: 'live:' });
    const commands = createCommandClient(redis, 'test', under.log);
    subscriber = createSubscriber(redis, 'test', under.log);
    await Promise.all([commands.connect(), subscriber.connect()]);
    ctx = createContext(under.config, commands, under.log);
    hub = new LiveHub(ctx, subscriber);
    served = await serveFeed(ctx, hub);
    await declared(ctx, 'default');
    await under.redis.set(under.keys.lease('default'), LEASE);
    state = { ...neverRun(await readRecord(ctx, 'default')), status: 'running' };
    await recordInvocation(ctx, { state, lease: LEASE, announce: false });
  });
  afterEach(() => {
    for (const stream of streams.splice(0)) stream.close();
  });
  afterAll(async () => {
    await hub[Symbol.asyncDispose]();
    served.server.close();
    ctx.redis.disconnect();
    subscriber.disconnect();
    await under[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });

  async function connect(path: string, headers: Record<string, string> = {}): Promise<IncomingMessage> {
    const [response] = await once(get(served.url + path, { headers }), 'response');
    return response;
  }

  return {
    /** These six once the first test has begun. */
    get ctx() {
      return ctx;
    },
    get hub() {
      return hub;
    },
    get redis() {
      return redis;
    },
    get server() {
      return served.server;
    },
    get subscriber() {
      return subscriber;
    },
    get under() {
      return under;
    },
    connect,
    /** Resolves when the viewer has been told the state. */
    async follow(path = '/live/default', headers: Record<string, string> = {}): Promise<EventStream> {
      const response = await connect(path, headers);
      expect(response.statusCode).toBe(200);
      const stream = new EventStream(response);
      streams.push(stream);
      await stream.until(() => stream.of('state').length > 0);
      return stream;
    },
    /** A result, as its runtime writes it. */
    record: (n: number, { context = ctx, more = '' }: { context?: Context; more?: string } = {}) =>
      recordInvocation(context, {
        state,
        lease: LEASE,
        announce: false,
        entry: { inputAt: 1, tookMs: 1, lagMs: 0, version: 'abc1234', result: `{"n": ${n}${more}}` },
      }),
    /** Another state, or the first one again. */
    change: (status: FunctionState['status'], announce = true) =>
      recordInvocation(ctx, { state: { ...state, status }, lease: LEASE, announce }),
    hold: () => under.redis.set(under.keys.lease('default'), LEASE),
    letGo: () => under.redis.del(under.keys.lease('default')),
    /** The same Redis once more, on the same port; `between` while there is none. */
    async restartRedis(between: () => Promise<void>) {
      const { port } = redis;
      await redis[Symbol.asyncDispose]();
      await between();
      redis = await startRedis({ port, args: durable });
    },
  };
}
