import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { startCollectorRole } from '#runtime/collector/role';
import { startFunctionsRole } from '#runtime/functions/role';
import { startJobsRole } from '#runtime/jobs/role';
import { scrape } from '../../e2e/support/exposition.ts';
import { freePort, startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { RoleUnderTest } from '../../e2e/support/role-under-test.ts';

const suite = roleSuite();
const TOKEN = 'a-token-of-sixteen-or-more';

/** A role with its health door, and what it answers. */
async function opened(
  start: (under: RoleUnderTest) => Promise<AsyncDisposable>,
  settings: Record<string, string>,
  url?: string,
) {
  const port = await freePort();
  const { under, input } = suite.surroundings({ HEALTH_PORT: String(port), ...settings }, url);
  suite.open.push(await start(under));
  const address = `http://127.0.0.1:${port}`;
  const ask = async (path: string) => {
    const response = await fetch(address + path);
    return { status: response.status, body: await response.json() };
  };
  return { under, input, address, ask };
}

const startFunctions = ({ config, log }: RoleUnderTest) => startFunctionsRole(config, log);
const startJobs = ({ config, log }: RoleUnderTest) => startJobsRole(config, log);
const startCollector = ({ config, log }: RoleUnderTest) =>
  startCollectorRole(config, log, new AbortController().signal);

test('the functions role counts invocations by function, version and how they ended', async () => {
  const path = suite.code(
    'every-other.py',
    'def handler(input, context):\n    n = context.env["n"] = context.env.get("n", 0) + 1\n    return {"n": n} if n % 2 else {}["gone"]\n',
  );
  const { under, input, address, ask } = await opened(startFunctions, {
    FUNCTION_PATH: path,
    MONITORING_PERIOD: '0.05',
  });
  const results = await under.results();
  await under.redis.set(input, '{}');
  for (let count = 0; count < 4; count += 1) await results.next();
  const { version } = (await under.state()) ?? {};
  const of = (outcome: string) =>
    `vigia_invocations_total{function="default",version="${version}",outcome="${outcome}"}`;
  const found = await scrape(`${address}/metrics`);
  expect(found.get(of('result'))).toBeGreaterThanOrEqual(2);
  expect(found.get(of('invocation'))).toBeGreaterThanOrEqual(2);
  const ticks = (found.get(of('result')) ?? 0) + (found.get(of('invocation')) ?? 0);
  expect(found.get('vigia_tick_duration_seconds_count{function="default"}')).toBe(ticks);
  expect(found.get('vigia_tick_lag_seconds_bucket{le="+Inf",function="default"}')).toBe(ticks);
  expect([...found.keys()]).toContainEqual(expect.stringMatching(/^vigia_build_info\{.*role="functions"/));
  expect(await ask('/readyz')).toEqual({ status: 200, body: { status: 'ok', redis: 'ok' } });
});

test('code that does not load is counted as such', async () => {
  const path = suite.code('broken.py', 'this is no Python\n');
  const { address } = await opened(startFunctions, { FUNCTION_PATH: path, MONITORING_PERIOD: '0.05' });
  const failed = async () =>
    [...(await scrape(`${address}/metrics`))].filter(([name]) => /invocations_total\{.*outcome="init"/.test(name));
  await expect.poll(failed, { timeout: 15_000 }).toEqual([[expect.any(String), expect.any(Number)]]);
});

test('a collector says what it has written, and is not ready while Redis is away', async () => {
  const own = await startRedis();
  const { address, ask } = await opened(startCollector, { COLLECT: 'on', COLLECT_PERIOD: '0.1' }, own.url);
  const written = async () => (await scrape(`${address}/metrics`)).get('vigia_samples_total{outcome="written"}');
  await expect.poll(written).toBeGreaterThanOrEqual(2);
  expect(await ask('/readyz')).toEqual({ status: 200, body: { status: 'ok', collecting: true, redis: 'ok' } });
  await own[Symbol.asyncDispose]();
  await expect.poll(() => ask('/readyz')).toMatchObject({ status: 503, body: { redis: 'does not answer' } });
  expect(await ask('/livez')).toEqual({ status: 200, body: { status: 'ok' } });
  const failed = async () => (await scrape(`${address}/metrics`)).get('vigia_samples_total{outcome="failed"}');
  await expect.poll(failed).toBeGreaterThanOrEqual(1);
});

test('a worker of jobs says how it confines them', async () => {
  const { address, ask } = await opened(startJobs, { ALLOW_UNSANDBOXED: '1' });
  const { status, body } = await ask('/readyz');
  expect({ status, body }).toEqual({
    status: 200,
    body: { status: 'ok', redis: 'ok', tier: expect.any(String), missing: expect.any(Array) },
  });
  const found = await scrape(`${address}/metrics`);
  expect(found.get(`vigia_sandbox_info{executor="local",tier="${body.tier}"}`)).toBe(1);
  expect(found.get('vigia_jobs_running')).toBe(0);
});

test('with a token, or a dashboard for those who sign in, metrics are shown to who has the token', async () => {
  const { address, ask } = await opened(startCollector, { METRICS_TOKEN: TOKEN });
  for (const authorization of ['', 'Bearer something-else-as-long', `Basic ${TOKEN}`])
    await expect(scrape(`${address}/metrics`, { authorization })).rejects.toThrow('answers 401');
  expect((await scrape(`${address}/metrics`, { authorization: `Bearer ${TOKEN}` })).size).toBeGreaterThan(3);
  expect((await ask('/livez')).status).toBe(200);
  const closed = await opened(startCollector, { DASHBOARD_AUTH: 'required' });
  await expect(scrape(`${closed.address}/metrics`)).rejects.toThrow('answers 401');
});

test('a port that is taken stops the start, and says which one, and how to choose another', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => taken.once('listening', resolve));
  const address = taken.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const { under } = suite.surroundings({ HEALTH_PORT: String(port) });
  await expect(startFunctions(under)).rejects.toThrow(
    `port ${port} of 127.0.0.1 is in use; choose another one: HEALTH_PORT=${port + 1}`,
  );
  taken.close();
});
