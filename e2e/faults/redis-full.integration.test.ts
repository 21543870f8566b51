import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { apiSuite, NAME } from '#lib/api/api.fixture';
import { createContext } from '#lib/context';
import { createLog } from '#lib/log';
import { createCommandClient, withRedis } from '#lib/redis';
import { askForWrites } from '#lib/redis-writes';
import { type EmbeddedRedis, startEmbeddedRedis } from '#runtime/all-in-one/embedded-redis';
import { startFunctionsRole } from '#runtime/functions/role';
import { findExecutable } from '#runtime/supervise/find-executable';
import { startRedis } from '../support/redis-server.ts';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const api = apiSuite();
/** `ulimit -f` counts in these. */
const BLOCK = 512;

describe('the embedded Redis', () => {
  let home: string;
  let said: string[];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'vigia-test-'));
    said = [];
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const start = (path = process.env.PATH ?? '') =>
    startEmbeddedRedis({
      home,
      preferredPort: 0,
      environment: { PATH: path },
      log: createLog('test', 'info', (line) => said.push(JSON.parse(line).msg)),
    });
  const folder = () => join(home, 'redis', 'appendonlydir');
  const journal = () => join(folder(), readdirSync(folder()).find((name) => name.endsWith('.incr.aof')) ?? '');

  async function using<T>(embedded: EmbeddedRedis, work: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = new Redis(embedded.url, { maxRetriesPerRequest: 0, retryStrategy: () => 50 });
    redis.on('error', () => {});
    try {
      return await work(redis);
    } finally {
      redis.disconnect();
    }
  }

  test('starts with the torn end of a write that was under way when it was killed, and has all the others', async () => {
    const first = await start();
    await using(first, (redis) => redis.set('whole', '1'));
    await first[Symbol.asyncDispose]();
    appendFileSync(journal(), '*3\r\n$3\r\nSET\r\n$4\r\ntorn\r\n$5\r\n12');
    await using second = await start();
    expect(await using(second, (redis) => redis.mget('whole', 'torn'))).toEqual(['1', null]);
    expect(await using(second, (redis) => redis.set('torn', '2'))).toBe('OK');
  });

  test('goes on being read while its disk is full, takes no writes until there is room, and loses none then', async () => {
    // A limit on the size of files, with the signal ignored that would tell of it, is a disk that is full.
    const bin = join(home, 'bin');
    const limit = join(home, 'limit');
    mkdirSync(bin);
    const program = findExecutable('redis-server', process.env.PATH ?? '') ?? '';
    const limited = `trap '' XFSZ\n[ -e ${limit} ] && ulimit -S -f $(cat ${limit})\nexec ${program} "$@"\n`;
    writeFileSync(join(bin, 'redis-server'), `#!/bin/sh\n${limited}`);
    chmodSync(join(bin, 'redis-server'), 0o755);
    await using embedded = await start(`${bin}:${process.env.PATH}`);
    await using(embedded, async (redis) => {
      const pid = async () => /process_id:(\d+)/.exec(await redis.info('server'))?.[1] ?? '';
      const room = async (blocks: string | number) =>
        execFileSync('prlimit', [
          '--pid',
          await pid(),
          `--fsize=${blocks === 'unlimited' ? blocks : Number(blocks) * BLOCK}:`,
        ]);
      await redis.set('before', 'x'.repeat(4_000));
      const full = Math.floor(statSync(journal()).size / BLOCK);
      const first = await pid();
      writeFileSync(limit, String(full));
      await room(full);
      await expect(redis.set('one too many', '1')).rejects.toThrow();
      await expect.poll(() => pid().catch(() => first), { timeout: 10_000 }).not.toBe(first);
      const second = await pid();
      expect(said).toContain(
        'the disk of the embedded Redis is full: what it has can be read, and nothing new is stored',
      );
      await expect
        .poll(() => redis.set('another', '2').catch((error: Error) => error.message), { timeout: 10_000 })
        .toMatch(/^MISCONF/);
      expect(await redis.strlen('before')).toBe(4_000);
      expect(await pid()).toBe(second);
      const { under } = suite.surroundings({}, embedded.url);
      expect(await askForWrites(createContext(under.config, redis, under.log))).toBe('disk');
      await expect(withRedis(() => redis.set('another', '2'))).rejects.toMatchObject({
        code: 'unavailable',
        message: 'Redis takes no writes: it cannot write to its disk',
      });

      await room('unlimited');
      rmSync(limit);
      await expect.poll(() => redis.set('after', '3').catch(() => null), { timeout: 10_000 }).toBe('OK');
      const fsync = async () => (await redis.config('GET', 'appendfsync'))[1];
      await expect.poll(fsync, { timeout: 15_000 }).toBe('always');
      expect(await pid()).toBe(second);
      expect(said).toContain('the disk of the embedded Redis has room again');
      process.kill(Number(second), 'SIGKILL');
      await expect.poll(() => redis.get('after').catch(() => null), { timeout: 10_000 }).toBe('3');
      expect(await redis.strlen('before')).toBe(4_000);
    });
  }, 60_000);
});

describe('a Redis whose memory is full', () => {
  test('is read; what would write is refused with the reason, and works when there is room again', async () => {
    const { ctx, admin, send, token } = await api.world();
    const { secret } = await token();
    await ctx.redis.config('SET', 'maxmemory', '1');
    try {
      for (const credential of [admin, { kind: 'bearer', token: secret } as const]) {
        const read = await send({ method: 'GET', path: `/functions/${NAME}`, credential });
        expect(read.status).toBe(200);
        const patch = { method: 'PATCH', path: `/functions/${NAME}/settings`, body: { periodMs: 1_000 }, credential };
        const written = await send({ ...patch, headers: { 'if-match': '*' } });
        expect({ status: written.status, after: written.headers.get('retry-after') }).toEqual({
          status: 503,
          after: '2',
        });
        expect((await written.json()).detail).toBe('Redis takes no writes: its memory is full');
      }
      const job = await send({
        method: 'POST',
        path: '/jobs',
        body: { language: 'bash', code: 'true' },
        credential: admin,
      });
      expect([job.status, (await job.json()).detail]).toEqual([503, 'Redis takes no writes: its memory is full']);
      expect(await askForWrites(ctx)).toBe('memory');
    } finally {
      await ctx.redis.config('SET', 'maxmemory', '0');
    }
    expect(await askForWrites(ctx)).toBeNull();
    expect(await ctx.redis.exists(ctx.keys.never)).toBe(0);
  });

  test('keeps what functions have stored, and they go on in the same processes when there is room again', async () => {
    await using own = await startRedis();
    const source =
      'def handler(event, context):\n    n = context.env["n"] = context.env.get("n", 0) + 1\n    return {"n": n}\n';
    const { under, input, output } = suite.surroundings(
      { FUNCTION_PATH: suite.code('full.py', source), MONITORING_PERIOD: '0.05' },
      own.url,
    );
    await under.redis.set(input, '{}');
    const results = await under.results();
    await using _role = await startFunctionsRole(under.config, under.log);
    await results.next();
    await under.redis.config('SET', 'maxmemory', '1');
    await expect
      .poll(() => under.logged('a tick could not read or write Redis'))
      .toMatchObject([{ reason: expect.stringContaining('OOM') }]);
    const kept = await under.redis.get(output);
    expect(kept).toMatch(/^\{"n": \d+\}$/);
    await under.redis.config('SET', 'maxmemory', '0');
    const seen = results.all.length;
    await expect.poll(() => results.all.length, { timeout: 20_000 }).toBeGreaterThan(seen + 2);
    expect(JSON.parse((await under.redis.get(output)) ?? '{}').n).toBeGreaterThan(JSON.parse(kept ?? '{}').n);
    expect(under.logged('loaded')).toHaveLength(1);
  });
});

test('a replica and a Redis that nobody follows say why they take no writes', async () => {
  await using own = await startRedis();
  const { under } = suite.surroundings({}, own.url);
  const redis = createCommandClient(own, 'test', under.log);
  await redis.connect();
  const ctx = createContext(under.config, redis, under.log);
  const refused = () => withRedis(() => redis.set('a', '1')).catch((error: unknown) => error);
  await redis.config('SET', 'min-replicas-to-write', '1');
  expect(await askForWrites(ctx)).toBe('replicas');
  expect(await refused()).toMatchObject({ code: 'unavailable', message: expect.stringContaining('too few replicas') });
  await redis.config('SET', 'min-replicas-to-write', '0');
  await redis.call('REPLICAOF', '127.0.0.1', '1');
  expect(await askForWrites(ctx)).toBe('replica');
  expect(await refused()).toMatchObject({ code: 'unavailable', message: expect.stringContaining('it is a replica') });
  redis.disconnect();
});
