import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort, type RedisServer, startRedis } from '../e2e/support/redis-server.ts';
import { Certificates, redisSpeaksTls, startTlsRedis } from '../e2e/support/tls-redis.ts';
import { ConfigError } from './config.ts';
import { createLog } from './log.ts';
import { connectAtStart, createCommandClient, createQueueClient, createSubscriber, withRedis } from './redis.ts';
import type { RedisAddress } from './redis-address.ts';

const said: { msg: string; reason?: string }[] = [];
const log = createLog('test', 'info', (line) => said.push(JSON.parse(line)));
const clients: Redis[] = [];

afterEach(() => {
  for (const client of clients.splice(0)) client.disconnect();
  said.splice(0);
});

function client(address: RedisAddress): Redis {
  const made = createCommandClient(address, 'test', log);
  clients.push(made);
  return made;
}

/** What a role that starts with this address says and ends with. */
async function refused(address: RedisAddress): Promise<string> {
  const error: unknown = await connectAtStart(client(address)).catch((thrown: unknown) => thrown);
  expect(error, JSON.stringify(said)).toBeInstanceOf(ConfigError);
  // It is said once, by whoever ends with it.
  expect(said).toEqual([]);
  return error instanceof ConfigError ? error.problems.join() : '';
}

describe('a Redis with a password', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis({ args: ['--requirepass', 'right', ...'--user ada on >hers ~* &* +@all'.split(' ')] });
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  const at = (credentials: string) => ({ url: `redis://${credentials}127.0.0.1:${redis.port}` });

  test.each([':right@', 'default:right@', 'ada:hers@'])('lets in %s', async (credentials) => {
    const own = client(at(credentials));
    await connectAtStart(own);
    expect(await own.ping()).toBe('PONG');
  });

  test('says at the start that it refuses what will never work, without the password', async () => {
    for (const credentials of [':wrong@', 'ada:right@', 'nobody:right@'])
      expect(await refused(at(credentials))).toBe(
        `Redis at 127.0.0.1:${redis.port} refuses the user or password of REDIS_URL`,
      );
    expect(await refused(at(''))).toBe(`Redis at 127.0.0.1:${redis.port} wants a password, and REDIS_URL has none`);
  });

  test('whose password is changed is tried again until it is right, and that is said once', async () => {
    const admin = client(at('ada:hers@'));
    const own = client(at(':right@'));
    await Promise.all([connectAtStart(admin), connectAtStart(own)]);
    await admin.config('SET', 'requirepass', 'another');
    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    const refusal = `Redis at 127.0.0.1:${redis.port} refuses the user or password of REDIS_URL`;
    await expect.poll(() => said.filter(({ msg }) => msg === refusal)).toHaveLength(1);
    await admin.config('SET', 'requirepass', 'right');
    await expect.poll(() => own.ping().catch(() => null), { timeout: 10_000 }).toBe('PONG');
    expect(said.filter(({ msg }) => msg === refusal)).toHaveLength(1);
    expect(said.at(-1)?.msg).toBe('Redis answers again');
  });
});

describe('what a failure is told as', () => {
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startRedis({ args: ['--lua-time-limit', '1', ...'--user ada on >hers ~* &* +@read'.split(' ')] });
  });
  afterAll(() => redis[Symbol.asyncDispose]());
  const connected = async (address: RedisAddress) => {
    const own = client(address);
    await connectAtStart(own);
    return own;
  };
  const told = (work: () => Promise<unknown>) => withRedis(work).catch((error: unknown) => error);
  const unavailable = (message: string) => expect.objectContaining({ code: 'unavailable', message });

  test('a script or a command that is wrong is ours, and named', async () => {
    const own = await connected({ url: redis.url });
    await own.set('text', 'x');
    const secret = 'what was sent';
    for (const [mistake, said] of [
      [() => own.eval('return nothing.at.all', 0, secret), /^Redis refuses eval: ERR .*nothing/],
      [
        () => own.eval("return redis.call('LPUSH', KEYS[1], ARGV[1])", 1, 'text', secret),
        /^Redis refuses eval: .*WRONGTYPE/,
      ],
      [() => own.hset('text', 'field', secret), /^Redis refuses hset: WRONGTYPE/],
      [() => Promise.reject(new TypeError('undefined is no function')), /^undefined is no function/],
    ] as const) {
      const error = await told(mistake);
      expect(error).toMatchObject({ message: expect.stringMatching(said), stack: expect.any(String) });
      expect(error).not.toHaveProperty('code');
      expect(inspect(error)).not.toContain(secret);
    }
  });

  test('a Redis that is busy, or does not let us, is said to be', async () => {
    const [own, other] = [await connected({ url: redis.url }), await connected({ url: redis.url })];
    const ada = await connected({ url: redis.url.replace('//', '//ada:hers@') });
    const access = unavailable('Redis does not let us: its rules of access are against it');
    expect(await told(() => ada.set('text', 'y'))).toEqual(access);
    const busy = own.eval('while true do end', 0).catch(() => null);
    await expect.poll(() => told(() => ada.get('text'))).toEqual(unavailable('Redis is busy with a script'));
    await other.call('SCRIPT', 'KILL');
    await busy;
  });

  test('one that takes no writes says why, also from within a script', async () => {
    const own = await connected({ url: redis.url });
    await own.config('SET', 'maxmemory', '1');
    const full = unavailable('Redis takes no writes: its memory is full');
    expect(await told(() => own.set('more', 'x'))).toEqual(full);
    expect(await told(() => own.eval("return redis.call('SET', KEYS[1], 'x')", 1, 'more'))).toEqual(full);
    await own.config('SET', 'maxmemory', '0');
  });

  test('one that has gone does not answer', async () => {
    const own = await connected({ url: redis.url });
    own.disconnect();
    expect(await told(() => own.get('text'))).toEqual(unavailable('Redis does not answer'));
  });
});

test('a Redis that is away at the start is waited for', async () => {
  const port = await freePort();
  const own = client({ url: `redis://127.0.0.1:${port}` });
  await connectAtStart(own);
  expect(said.map(({ msg }) => msg)).toEqual(['Redis does not answer; trying again until it does']);
  await using _late = await startRedis({ port });
  await expect.poll(() => own.ping().catch(() => null), { timeout: 10_000 }).toBe('PONG');
});

describe.skipIf(!redisSpeaksTls())('a Redis with TLS', () => {
  const certificates = new Certificates();
  let redis: RedisServer;
  beforeAll(async () => {
    redis = await startTlsRedis(certificates, ['--bind', '127.0.0.1', '127.0.0.2']);
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    certificates[Symbol.dispose]();
  });
  const tls = { ca: certificates.ca };

  test('is used by every kind of client', async () => {
    const subscriber = createSubscriber({ url: redis.url, tls }, 'test', log);
    const queue = createQueueClient({ url: redis.url, tls }, 'test', log);
    clients.push(subscriber, queue);
    const own = client({ url: redis.url, tls });
    await Promise.all([connectAtStart(own), connectAtStart(subscriber)]);
    const heard = new Promise((resolve) => subscriber.once('message', (_channel, text) => resolve(text)));
    await subscriber.subscribe('news');
    await own.publish('news', 'good');
    expect(await heard).toBe('good');
    expect(await Promise.all([own.ping(), queue.ping()])).toEqual(['PONG', 'PONG']);
    expect(await own.call('CLIENT', 'INFO')).toMatch(/ user=ada /);
    expect(said).toEqual([]);
  });

  test('is refused at the start when nobody vouches for it, or somebody for another', async () => {
    const place = `127.0.0.1:${redis.port}`;
    expect(await refused({ url: redis.url })).toMatch(
      new RegExp(`^the certificate of Redis at ${place} is not trusted \\(self.signed.*\\); REDIS_CA names the file`),
    );
    using others = new Certificates();
    expect(await refused({ url: redis.url, tls: { ca: others.ca } })).toContain('REDIS_CA names the file');
    const elsewhere = redis.url.replace('127.0.0.1', '127.0.0.2');
    expect(await refused({ url: elsewhere, tls })).toContain('REDIS_URL must have a name that is in it');
  });

  test('refuses a wrong password over TLS as well', async () => {
    const wrong = redis.url.replace('ada:', 'bob:');
    expect(await refused({ url: wrong, tls })).toContain('refuses the user or password of REDIS_URL');
  });

  test('that is none is said to be none', async () => {
    await using plain = await listening((socket) => socket.end('-ERR unknown command\r\n'));
    expect(await refused({ url: `rediss://127.0.0.1:${plain.port}` })).toBe(
      `Redis at 127.0.0.1:${plain.port} does not speak TLS: REDIS_URL begins with rediss://`,
    );
  });

  test('that asks its clients who they are is told', async () => {
    await using strict = await startTlsRedis(certificates, ['--tls-auth-clients', 'yes']);
    const { cert, key } = certificates.issue('client');
    const own = client({ url: strict.url, tls: { ...tls, cert, key } });
    await connectAtStart(own);
    expect(await own.ping()).toBe('PONG');
    expect(await refused({ url: strict.url, tls })).toContain('REDIS_CERT and REDIS_KEY');
  });

  test('files that cannot be used are named', () => {
    const garbage = join(certificates.folder, 'garbage');
    writeFileSync(garbage, 'no certificate\n');
    const [cert, key] = [certificates.issue('one').cert, certificates.issue('two').key];
    const making = (files: RedisAddress['tls']) => () => client({ url: redis.url, ...(files ? { tls: files } : {}) });
    expect(making({ ca: '/nowhere/ca.pem' })).toThrow(/^Vigia cannot start: REDIS_CA cannot be read: ENOENT/);
    expect(making({ ca: garbage })).toThrow(/REDIS_CA is .*garbage, which holds nothing in PEM/);
    expect(making({ cert, key })).toThrow(/REDIS_CERT and REDIS_KEY cannot be used together/);
  });
});

test('a server that hangs up is taken for a Redis that is away', async () => {
  await using rude = await listening((socket) => socket.destroy());
  await connectAtStart(client({ url: `redis://127.0.0.1:${rude.port}` }));
  await expect
    .poll(() => said)
    .toMatchObject([{ reason: 'it hangs up', msg: expect.stringContaining('trying again') }]);
});

async function listening(met: (socket: Socket) => void): Promise<AsyncDisposable & { port: number }> {
  const server = createServer(met).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}
