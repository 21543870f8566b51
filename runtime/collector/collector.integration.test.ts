import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collectorState } from '#lib/schemas/function';
import { limit } from '../../e2e/support/limit.ts';
import { type RedisServer, startRedis } from '../../e2e/support/redis-server.ts';
import { createScene, type Scene, spelledNumbers } from './collector.fixture.ts';
import { startCollector } from './collector.ts';
import { startCollectorRole } from './role.ts';

const EVERY_MACHINE_HAS = [
  ...['ctx_switches', 'interrupts', 'soft_interrupts', 'syscalls'].map((name) => `cpu_stats-${name}`),
  ...['total', 'available', 'percent', 'used', 'free', 'active', 'inactive', 'buffers', 'cached', 'shared', 'slab'].map(
    (name) => `virtual_memory-${name}`,
  ),
  'n_pids',
  ...['bytes_sent', 'bytes_recv', 'packets_sent', 'packets_recv', 'errin', 'errout', 'dropin', 'dropout'].map(
    (name) => `net_io_counters_eth0-${name}`,
  ),
  'net_io_counters_eth0-bytes_sent1',
  'net_io_counters_eth0-bytes_recv1',
];

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server[Symbol.asyncDispose]());

const never = new AbortController().signal;

test('the first sample is there within a second, complete, announced, and says who wrote it', async () => {
  await using scene = await createScene(server.url, { COLLECT_PERIOD: '60' });
  const startedAt = performance.now();
  const first = scene.nextSample();
  await using _collector = await startCollector(scene.ctx, never);
  const { announced, text } = await first;
  expect(performance.now() - startedAt).toBeLessThan(limit(1_000));
  expect(announced).toBe(scene.key);

  const sample: Record<string, unknown> = JSON.parse(text);
  expect(sample.timestamp).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
  expect(Math.abs(Date.parse(String(sample.timestamp)) - Date.now())).toBeLessThan(2_000);
  const cpuNames = cpus().map((_, cpu) => `cpu_percent-${cpu}`);
  expect(Object.keys(sample)).toEqual(expect.arrayContaining([...cpuNames, ...EVERY_MACHINE_HAS]));
  expect(Object.keys(sample).slice(0, 2)).toEqual(['timestamp', 'cpu_percent-0']);
  const { timestamp: _, ...numbers } = sample;
  for (const [name, value] of Object.entries(numbers)) expect(value, name).toEqual(expect.any(Number));
  for (const [name, number] of spelledNumbers(text)) {
    expect(number, name).toMatch(/percent|freq/.test(name) ? /^\d+\.\d+$/ : /^\d+$/);
  }

  const { redis, keys } = scene.ctx;
  const state = collectorState.parse(JSON.parse((await redis.get(keys.collector(scene.key))) ?? ''));
  expect(state).toMatchObject({ key: scene.key, pid: process.pid, periodMs: 60_000 });
  const lifetime = await redis.pttl(keys.collector(scene.key));
  expect(lifetime).toBeGreaterThan(170_000);
  expect(lifetime).toBeLessThanOrEqual(180_000);
  expect(await redis.ttl(scene.key)).toBe(-1);
});

test('samples come at the period, and its lifetime is never shorter than 15 s', async () => {
  await using scene = await createScene(server.url);
  await using _collector = await startCollector(scene.ctx, never);
  await scene.nextSample();
  const startedAt = performance.now();
  for (let round = 0; round < 5; round += 1) await scene.nextSample();
  const took = performance.now() - startedAt;
  expect(took).toBeGreaterThan(900);
  expect(took).toBeLessThan(limit(2_500));
  expect(await scene.ctx.redis.pttl(scene.ctx.keys.collector(scene.key))).toBeGreaterThan(14_000);
});

test('the signal ends it at once, in the middle of a long period', async () => {
  await using scene = await createScene(server.url, { COLLECT_PERIOD: '3600' });
  const stop = new AbortController();
  const first = scene.nextSample();
  const collector = await startCollector(scene.ctx, stop.signal);
  await first;
  const abortedAt = performance.now();
  stop.abort();
  await collector[Symbol.asyncDispose]();
  expect(performance.now() - abortedAt).toBeLessThan(limit(200));
});

test('while Redis is away it says so once, and goes on when Redis is back', async () => {
  const first = await startRedis();
  await using scene = await createScene(first.url);
  await using _collector = await startCollector(scene.ctx, never);
  await scene.nextSample();
  await first[Symbol.asyncDispose]();
  await scene.heard.until('could not be written');
  await using _second = await startRedis({ port: first.port });
  await scene.heard.until('samples are written again');
  expect(await scene.ctx.redis.exists(scene.key)).toBe(1);
  expect(scene.heard.count('could not be written')).toBe(1);
});

test('a Redis that hangs holds nothing up for long', async () => {
  await using own = await startRedis();
  await using scene = await createScene(own.url);
  await using _collector = await startCollector(scene.ctx, never);
  await scene.nextSample();
  process.kill(own.pid, 'SIGSTOP');
  await scene.heard.until('could not be written');
  process.kill(own.pid, 'SIGCONT');
  await scene.heard.until('samples are written again');
});

test('a Redis that refuses the write is named as the reason', async () => {
  await using own = await startRedis({ args: ['--maxmemory', '1'] });
  await using scene = await createScene(own.url);
  await using _collector = await startCollector(scene.ctx, never);
  await scene.heard.until('could not be written');
  expect(scene.heard.count('OOM command not allowed')).toBe(1);
});

describe('collectors of several machines on one Redis', () => {
  const onNode = async (key: string, node: string) => {
    const prefix = { KEY_PREFIX: `${key}:`, REDIS_INPUT_KEY: key, COLLECT_NODE: node };
    return await createScene(server.url, { ...prefix, COLLECT_PERIOD: '0.1' });
  };
  const writerOf = async ({ redis, keys, config }: Scene['ctx']) =>
    collectorState.parse(JSON.parse((await redis.get(keys.collector(config.collector.key))) ?? '{}')).host;

  test('each writes a key of its own, and one of them the key they share, until it leaves it to another', async () => {
    const shared = `shared-${randomUUID()}`;
    await using one = await onNode(shared, 'node-1');
    await using two = await onNode(shared, 'node-2');
    const first = await startCollector(one.ctx, never);
    await expect.poll(() => one.ctx.redis.exists(shared)).toBe(1);
    await using _second = await startCollector(two.ctx, never);
    await expect.poll(() => one.ctx.redis.exists(`${shared}:node-1`, `${shared}:node-2`)).toBe(2);
    const before = await two.nextSampleOf(shared);
    expect([await writerOf(one.ctx), before]).toEqual(['node-1', shared]);
    await first[Symbol.asyncDispose]();
    await two.nextSampleOf(shared);
    expect(await writerOf(one.ctx)).toBe('node-2');
  });

  test('one that has gone without a word is followed when its time has run out', async () => {
    const shared = `shared-${randomUUID()}`;
    await using scene = await onNode(shared, 'node-2');
    const { redis, keys } = scene.ctx;
    const gone = { key: shared, host: 'node-1', pid: 1, at: 0, periodMs: 100 };
    await redis.set(keys.collector(shared), JSON.stringify(gone), 'PX', 600);
    await using _collector = await startCollector(scene.ctx, never);
    await expect.poll(() => redis.exists(`${shared}:node-2`)).toBe(1);
    expect(await redis.exists(shared)).toBe(0);
    await scene.nextSampleOf(shared);
    expect(await writerOf(scene.ctx)).toBe('node-2');
  });
});

test('another place of the kernel’s files is the one that is read', async () => {
  const proc = mkdtempSync(join(tmpdir(), 'vigia-proc-'));
  for (const file of ['stat', 'meminfo', 'cpuinfo']) copyFileSync(`/proc/${file}`, join(proc, file));
  mkdirSync(join(proc, '1', 'net'), { recursive: true });
  const interfaces = 'Inter-|\n face |\n  far0: 11 2 0 0 0 0 0 0 22 2 0 0 0 0 0 0\n';
  writeFileSync(join(proc, '1', 'net', 'dev'), interfaces);
  await using scene = await createScene(server.url, { COLLECT_PROC: proc });
  const first = scene.nextSample();
  await using _collector = await startCollector(scene.ctx, never);
  const sample = JSON.parse((await first).text);
  expect(sample).toMatchObject({
    'net_io_counters_far0-bytes_recv': 11,
    'net_io_counters_eth0-bytes_sent': 22,
    n_pids: 1,
  });
  rmSync(proc, { recursive: true });
});

test('where there is no /proc it says that it needs Linux, and idles', async () => {
  await using scene = await createScene(server.url);
  const nowhere = { proc: '/nowhere/proc', sys: '/nowhere/sys' };
  await using _collector = await startCollector(scene.ctx, never, { roots: nowhere });
  expect(scene.heard.count('collecting needs Linux')).toBe(1);
  expect(await scene.ctx.redis.exists(scene.key)).toBe(0);
});

test('as a process of its own it writes when it is on', async () => {
  await using scene = await createScene(server.url);
  const first = scene.nextSample();
  await using _role = await startCollectorRole(scene.ctx.config, scene.heard.log, never);
  expect((await first).announced).toBe(scene.key);
});

test.each([
  ['auto', 'set COLLECT=on'],
  ['off', 'COLLECT=off'],
])('as a process of its own it idles with COLLECT=%s, and says why', async (mode, reason) => {
  await using scene = await createScene(server.url, { COLLECT: mode });
  await using _role = await startCollectorRole(scene.ctx.config, scene.heard.log, never);
  expect(scene.heard.count(reason)).toBe(1);
  expect(await scene.ctx.redis.client('LIST')).not.toContain('vigia-collector');
});
