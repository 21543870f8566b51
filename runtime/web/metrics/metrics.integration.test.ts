import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test } from 'vitest';
import { ADMIN_PASSWORD, accountsSuite } from '#lib/auth/accounts.fixture';
import { createContext } from '#lib/context';
import { createCommandClient } from '#lib/redis';
import { startFunctionsRole } from '#runtime/functions/role';
import { parseExposition, scrape } from '../../../e2e/support/exposition.ts';
import { startRedis } from '../../../e2e/support/redis-server.ts';
import { stampRequest } from '../stamp-request.ts';
import { MetricsDoor } from './metrics-door.ts';

const TOKEN = 'a-token-of-sixteen-or-more';
const accounts = accountsSuite();

/** With the suite's Redis and its accounts, or with one that may go. */
async function surrounded(settings: Record<string, string>, url?: string) {
  if (url === undefined) return await accounts.started(settings);
  const { under } = accounts.suite.surroundings(settings, url);
  const redis = createCommandClient({ url }, 'test', under.log);
  accounts.suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
  await redis.connect();
  return { ctx: createContext(under.config, redis, under.log), under };
}

async function served(settings: Record<string, string> = {}, url?: string) {
  const { suite } = accounts;
  const { ctx, under } = await surrounded({ ADMIN_PASSWORD, MONITORING_PERIOD: '0.1', ...settings }, url);
  const door = new MetricsDoor(ctx, { viewers: 3 });
  const server = createServer((request, response) => {
    stampRequest(request);
    void door.serve(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  suite.open.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
    },
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { ctx, under, metrics: `http://127.0.0.1:${port}/metrics` };
}

test('every number of a result is a gauge, under names that come from strangers too', async () => {
  const name = 'a "quoted"\\ name';
  const path = accounts.suite.code(
    'numbers.mjs',
    `export const handler = () => ({ ${JSON.stringify(name)}: 1.5, cpus: { first: 2 }, text: 'x', none: null });`,
  );
  const { ctx, under, metrics } = await served({ FUNCTION_PATH: path });
  accounts.suite.open.push(await startFunctionsRole(under.config, under.log));
  const results = await under.results();
  await ctx.redis.set(under.config.function.inputKey, '{}');
  await results.next();
  const found = await scrape(metrics);
  expect(Object.fromEntries([...found].filter(([id]) => id.startsWith('vigia_series{')))).toEqual({
    'vigia_series{function="default",series="a \\"quoted\\"\\\\ name"}': 1.5,
    'vigia_series{function="default",series="cpus.first"}': 2,
  });
  expect(found.get('vigia_function_last_duration_seconds{function="default"}')).toBeGreaterThan(0);
  expect(found.get('vigia_functions{status="running"}')).toBe(1);
  expect(found.get('vigia_live_viewers')).toBe(3);
  expect(found.get('vigia_redis_up')).toBe(1);
  expect(found.get('vigia_jobs{state="waiting"}')).toBe(0);
  expect(found.get('vigia_series_left_out')).toBe(0);
});

test('what failed is counted by function and version, without a port of the runtime', async () => {
  const path = accounts.suite.code('versions.mjs', 'export const handler = () => ({ n: 1 });');
  const { ctx, under, metrics } = await served({ FUNCTION_PATH: path });
  accounts.suite.open.push(await startFunctionsRole(under.config, under.log));
  const results = await under.results();
  await ctx.redis.set(under.config.function.inputKey, '{}');
  await results.next();
  const counted = async () => {
    const all = [...(await scrape(metrics))].filter(([id]) => id.startsWith('vigia_function_ticks_total{'));
    return Object.fromEntries(all.map(([id, count]) => [id.slice(id.indexOf('{')), count]));
  };
  const of = (version: string, outcome: string) => `{function="default",version="${version}",outcome="${outcome}"}`;
  const { version: first = '' } = (await under.state()) ?? {};
  await expect.poll(counted).toEqual({ [of(first, 'good')]: expect.any(Number), [of(first, 'failed')]: 0 });

  accounts.suite.code('versions.mjs', "export const handler = () => { throw new Error('gone'); };");
  await expect.poll(async () => (await under.state())?.status, { timeout: 15_000 }).toBe('failing');
  const { version: second = '' } = (await under.state()) ?? {};
  expect(second).not.toBe(first);
  await expect.poll(async () => (await counted())[of(second, 'failed')]).toBeGreaterThan(0);
  expect(await counted()).toEqual({ [of(second, 'good')]: 0, [of(second, 'failed')]: expect.any(Number) });
});

test('no more series are shown than METRICS_SERIES, and the rest is counted', async () => {
  const path = accounts.suite.code(
    'many.mjs',
    "export const handler = () => Object.fromEntries(Array.from({ length: 50 }, (_, n) => ['n' + n, n]));",
  );
  const { ctx, under, metrics } = await served({ FUNCTION_PATH: path, METRICS_SERIES: '20' });
  accounts.suite.open.push(await startFunctionsRole(under.config, under.log));
  const results = await under.results();
  await ctx.redis.set(under.config.function.inputKey, '{}');
  await results.next();
  const found = await scrape(metrics);
  expect([...found.keys()].filter((id) => id.startsWith('vigia_series{'))).toHaveLength(20);
  expect(found.get('vigia_series_left_out')).toBe(30);
});

test('while Redis is away it is down, and nothing else is claimed of it', async () => {
  const own = await startRedis();
  const { metrics } = await served({}, own.url);
  await own[Symbol.asyncDispose]();
  await expect.poll(async () => (await scrape(metrics)).get('vigia_redis_up')).toBe(0);
  const names = [...(await scrape(metrics)).keys()];
  expect(names.filter((name) => /^vigia_(redis_memory|redis_latency|functions|jobs|role)/.test(name))).toEqual([]);
});

test('however many ask, Redis is asked once', async () => {
  const { ctx, metrics } = await served();
  const asked = async () => Number(/cmdstat_info:calls=(\d+)/.exec(await ctx.redis.info('commandstats'))?.[1] ?? 0);
  const before = await asked();
  await Promise.all(Array.from({ length: 20 }, () => scrape(metrics)));
  // One is the scrape's, one is our own question.
  expect((await asked()) - before).toBe(2);
});

test('where readers must sign in, the token of METRICS_TOKEN or an account opens it', async () => {
  const { metrics } = await served({ DASHBOARD_AUTH: 'required', METRICS_TOKEN: TOKEN });
  const refused = await fetch(metrics);
  expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="metrics"']);
  await expect(scrape(metrics, { authorization: 'Bearer not the token at all' })).rejects.toThrow('401');
  expect((await scrape(metrics, { authorization: `Bearer ${TOKEN}` })).size).toBeGreaterThan(5);
  const basic = Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64');
  expect((await scrape(metrics, { authorization: `Basic ${basic}` })).size).toBeGreaterThan(5);
});

test('the reader of these tests refuses what Prometheus would', () => {
  expect(() => parseExposition('untyped 1\n')).toThrow('no type');
  expect(() => parseExposition('# TYPE a gauge\na 1\na 2\n')).toThrow('twice');
});
