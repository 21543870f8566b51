import { once } from 'node:events';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, headersOf } from './support/accounts.ts';
import { limit } from './support/limit.ts';
import { freePort, startRedis } from './support/redis-server.ts';
import { scratchFolder } from './support/scratch-folder.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const { folder: scratch, write: functionFile } = scratchFolder();

const FAST = { MONITORING_PERIOD: '0.2', COLLECT_PERIOD: '0.2' };

/** Waits until the function has produced this many results more than there are now. */
async function moreResults(vigia: Vigia, count = 2): Promise<void> {
  const length = () => vigia.redis.xlen('vigia:{default}:history').catch(() => 0);
  await until(length).toBeGreaterThanOrEqual((await length()) + count);
}

test('the machine’s metrics and the three results of the built-in function are in Redis', async () => {
  await using vigia = await Vigia.start(FAST);
  await moreResults(vigia);
  const sample = JSON.parse((await vigia.redis.get('metrics')) ?? '');
  expect(sample).toMatchObject({ timestamp: expect.any(String), 'cpu_percent-0': expect.any(Number) });
  const result = JSON.parse((await vigia.redis.get('metrics-output')) ?? '');
  expect(Object.keys(result)).toEqual(
    expect.arrayContaining(['percent-network-egress', 'percent-memory-caching', 'avg-util-cpu0-60sec', 'timestamp']),
  );
  expect(vigia.output).toContain(vigia.url);
});

test('a Python function on the user’s own Redis, by the older names of the settings, and nothing is collected there', async () => {
  await using own = await startRedis();
  const file = functionFile(
    'handler.py',
    'def handler(event, context):\n    context.env["n"] = context.env.get("n", 0) + 1\n    return {"n": context.env["n"], "x": event["x"]}\n',
  );
  await using vigia = await Vigia.start({
    REDIS_HOST: '127.0.0.1',
    REDIS_PORT: String(own.port),
    REDIS_OUTPUT_KEY: 'my-output',
    INTERVAL: '0.2',
    FUNCTION_PATH: file,
  });
  expect(await vigia.redis.exists('metrics')).toBe(0);
  await vigia.redis.set('metrics', '{"x": 20.0}');
  await moreResults(vigia, 3);
  expect(await vigia.redis.get('my-output')).toMatch(/^\{"n": \d+, "x": 20\.0\}$/);
  expect(JSON.parse((await vigia.redis.get('my-output')) ?? '').n).toBeGreaterThanOrEqual(3);
  expect(await vigia.redis.get('metrics')).toBe('{"x": 20.0}');
  expect(vigia.output).toContain('MONITORING_PERIOD comes from INTERVAL');
  expect(vigia.output.split('MONITORING_PERIOD comes from INTERVAL')).toHaveLength(2);
});

describe('stopping', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends every process, with a good exit code', async (signal) => {
    const file = functionFile(
      'slow.py',
      'import time\ndef handler(event, context):\n    time.sleep(0.5)\n    return {"a": 1}\n',
    );
    await using vigia = await Vigia.start({ ...FAST, FUNCTION_PATH: file });
    await moreResults(vigia, 1);
    expect(vigia.processes().length).toBeGreaterThanOrEqual(6);
    const { code } = await vigia.stop(signal);
    expect(code).toBe(0);
    expect(vigia.processes()).toEqual([]);
  });

  test('SIGTERM under load: a handler and a job that never end, people who watch and ask', async () => {
    await using own = await startRedis();
    const file = functionFile('never.py', 'def handler(event, context):\n    while True:\n        pass\n');
    await using vigia = await Vigia.start({
      ...{ ...FAST, REDIS_URL: own.url, FUNCTION_PATH: file, FUNCTION_TIMEOUT: '60' },
      ...{ ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1' },
    });
    await vigia.redis.set('metrics', '{"x": 1}');
    const live = await fetch(`${vigia.url}/live/default`);
    const watching = live.text();
    const headers = headersOf(ADMIN);
    const body = JSON.stringify({ language: 'bash', code: 'echo here; while :; do :; done', retryable: true });
    const { id } = await (await fetch(`${vigia.url}/api/v1/jobs`, { method: 'POST', headers, body })).json();
    const job = () => vigia.redis.hget(`vigia:{@jobs}:job:${id}`, 'status');
    await until(job).toBe('RUNNING');
    let isOver = false;
    const statuses: number[] = [];
    const asking = Array.from({ length: 8 }, async () => {
      while (!isOver) {
        const status = await fetch(`${vigia.url}/api/v1/functions`).then(
          (response) => response.status,
          () => 0,
        );
        if (status !== 0) statuses.push(status);
      }
    });
    await until(() => statuses.length).toBeGreaterThan(50);
    const toldAt = performance.now();
    // Were anything cut off, its process would say so and end with 1.
    const { code, output } = await vigia.stop('SIGTERM');
    const tookMs = performance.now() - toldAt;
    isOver = true;
    await Promise.all(asking);
    expect(code).toBe(0);
    expect(output).not.toMatch(/did not stop in time|does not obey|starting it again/);
    expect(vigia.processes()).toEqual([]);
    expect(tookMs).toBeLessThan(limit(5_000));
    expect(await watching).toContain('event: state');
    expect(new Set(statuses)).toEqual(new Set([200]));
    // Handed back, as it may start again.
    const left = new Redis(own.url);
    expect(await left.hget(`vigia:{@jobs}:job:${id}`, 'status')).toBe('WAITING');
    left.disconnect();
  });

  test('kill -9 of the main process leaves nothing behind either', async () => {
    const file = functionFile('busy.py', 'def handler(event, context):\n    while True:\n        pass\n');
    await using vigia = await Vigia.start({ ...FAST, FUNCTION_PATH: file });
    vigia.process(/host\.py/);
    await vigia.stop('SIGKILL');
    await until(() => vigia.processes()).toEqual([]);
  });
});

describe('kill -9 of one child is repaired by itself', () => {
  test.each([
    ['the web role', /main\.ts web/],
    ['the collector role', /main\.ts collector/],
    ['the functions role', /main\.ts functions/],
    ['the jobs role', /main\.ts jobs/],
    ['the JavaScript host', /host-process\.ts/],
    ['Redis', /redis-server|valkey-server/],
  ])('%s', async (_name, pattern) => {
    await using vigia = await Vigia.start(FAST);
    await moreResults(vigia);
    const before = vigia.process(pattern);
    const acknowledged = await vigia.redis.xrevrange('vigia:{default}:history', '+', '-', 'COUNT', 1);
    process.kill(before.pid, 'SIGKILL');
    await until(() =>
      vigia.processes().find(({ command, pid }) => pattern.test(command) && pid !== before.pid),
    ).toBeDefined();
    await moreResults(vigia);
    // Whoever started it takes leave for it: it would be remembered for minutes.
    await until(async () => (await vigia.redis.hvals('vigia:{@processes}:said')).join()).not.toContain(
      `"pid":${before.pid},`,
    );
    const [id] = acknowledged[0] ?? [];
    expect(await vigia.redis.xrange('vigia:{default}:history', id ?? '-', id ?? '+')).toEqual(acknowledged);
    const readiness = () =>
      fetch(`${vigia.url}/readyz`).then(
        ({ status }) => status,
        () => 0,
      );
    await until(readiness).toBe(200);
  });
});

describe('a start that cannot work says in a line what to do', () => {
  test('a busy port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { code, output } = await Vigia.refused({ PORT: String(port), VIGIA_HOME: join(scratch, 'busy') });
    server.close();
    expect(code).toBe(78);
    expect(output).toBe(
      `Vigia cannot start: port ${port} of 127.0.0.1 is in use; choose another one: PORT=${port + 1} npm start`,
    );
  });

  test('every bad setting at once', async () => {
    const { code, output } = await Vigia.refused({ PORT: 'http', MONITORING_PERIOD: 'often', COLLECT: 'maybe' });
    expect(code).toBe(78);
    for (const name of ['PORT', 'MONITORING_PERIOD', 'COLLECT']) expect(output).toContain(name);
  });

  test('a function file that is not there', async () => {
    const { code, output } = await Vigia.refused({ FUNCTION_PATH: 'nowhere.py', VIGIA_HOME: join(scratch, 'nowhere') });
    expect(code).toBe(78);
    expect(output).toContain('FUNCTION_PATH is nowhere.py, but there is no such file');
  });

  test('a file of the first password that cannot be read: what has started by then ends, and nothing is tried again', async () => {
    const home = join(scratch, 'no-password');
    const [port, redisPort] = [String(await freePort()), String(await freePort())];
    const settings = { VIGIA_HOME: home, PORT: port, EMBEDDED_REDIS_PORT: redisPort };
    const { code, output } = await Vigia.refused({ ...settings, ADMIN_PASSWORD_FILE: '/nowhere/password' });
    expect(code).toBe(78);
    const reason = 'Vigia cannot start: ADMIN_PASSWORD_FILE cannot be read: ENOENT';
    expect([output.split('ADMIN_PASSWORD_FILE').length - 1, output.split('\n').at(-1)]).toEqual([
      1,
      expect.stringContaining(reason),
    ]);
    expect(output).not.toContain('starting it again');
  });

  test('a second start in the same folder', async () => {
    await using vigia = await Vigia.start(FAST);
    const { code, output } = await Vigia.refused({ VIGIA_HOME: vigia.home, PORT: '0' });
    expect(code).toBe(78);
    expect(output).toContain(`already running here, as process ${vigia.pid}`);
  });
});
