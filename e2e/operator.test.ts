import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, headersOf } from './support/accounts.ts';
import { browserSuite } from './support/browser-suite.ts';
import { scrape } from './support/exposition.ts';
import { type RedisServer, startRedis } from './support/redis-server.ts';
import { scratchFolder } from './support/scratch-folder.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const CODE = `
def handler(event, context):
    n = context.env["n"] = context.env.get("n", 0) + 1
    print(f"call {n}")
    return {"n": n} if n % 2 else {}["gone"]
`;

const scratch = scratchFolder();
const { openAs } = browserSuite();
let redis: RedisServer;
let vigia: Vigia;

/** On somebody else's Redis, where nothing is collected. */
beforeAll(async () => {
  redis = await startRedis();
  const file = scratch.write('every-other.py', CODE);
  const settings = { ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1', MONITORING_PERIOD: '0.3', FUNCTION_PATH: file };
  vigia = await Vigia.start({ REDIS_URL: redis.url, ...settings });
  await vigia.redis.set('metrics', '{}');
});
afterAll(async () => {
  await vigia[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
});

/** The version of the function's code, as everything names it. */
const version = async () => JSON.parse((await vigia.redis.get('vigia:{default}:state')) ?? '{}').version;

/** The first line of the log with this message. */
function line(msg: string): Record<string, unknown> | undefined {
  const lines = vigia.output.split('\n').flatMap((each) => (each.startsWith('{') ? [JSON.parse(each)] : []));
  return lines.find((each) => each.msg === msg);
}

test('where nobody looks, each line is JSON that names its request, its function with the version, or its job', async () => {
  const asAdmin = (requestId: string) => ({ ...headersOf(ADMIN), 'x-request-id': requestId });
  const submitted = await fetch(`${vigia.url}/jobs`, {
    method: 'POST',
    headers: asAdmin('to-submit-a-job'),
    body: JSON.stringify({ uid: 0, code: 'print(1)' }),
  });
  const { job_id: job } = await submitted.json();
  expect(submitted.status).toBe(201);
  await vigia.redis.xadd('vigia:audit', '*', 'e', 'no JSON');
  const session = await fetch(`${vigia.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ADMIN),
  });
  const [cookie = ''] = session.headers.getSetCookie();
  await fetch(`${vigia.url}/admin/audit?uid=0`, { headers: { cookie, 'x-request-id': 'to-see-the-audit' } });
  await vigia.redis.xtrim('vigia:audit', 'MAXLEN', 0);
  for (const msg of ['job ended', 'a page failed', "KeyError: 'gone'"]) await until(() => line(msg)).toBeDefined();

  const time = expect.stringMatching(/^20\d\d-.*Z$/);
  const ofFunction = { time, role: 'functions', function: 'default', version: await version() };
  expect(line('job submitted')).toMatchObject({ time, role: 'web', requestId: 'to-submit-a-job', job });
  expect(line('job ended')).toMatchObject({ time, role: 'jobs', job });
  expect(line('a page failed')).toMatchObject({ role: 'web', requestId: 'to-see-the-audit', path: '/admin/audit' });
  expect(line('loaded')).toMatchObject(ofFunction);
  expect(line('call 1')).toMatchObject({ ...ofFunction, stream: 'stdout' });
  expect(line("KeyError: 'gone'")).toMatchObject({ ...ofFunction, kind: 'invocation' });
});

test('one port shows the failures of each version and who is there', async () => {
  const failed = `vigia_function_ticks_total{function="default",version="${await version()}",outcome="failed"}`;
  await until(async () => (await scrape(`${vigia.url}/metrics`)).get(failed)).toBeGreaterThan(0);
  const found = await scrape(`${vigia.url}/metrics`);
  const processes = (role: string) => found.get(`vigia_role_processes{role="${role}"}`);
  expect(['collector', 'functions', 'web', 'jobs'].map(processes)).toEqual([0, 1, 1, 1]);
});

test('the status page tells of what is missing, of a process that hangs and of a Redis that is away', async () => {
  const page = await openAs(vigia, '/admin');
  await page.getByRole('link', { name: 'Status' }).click();
  const panel = page.locator('section', { has: page.locator('#processes') });
  const row = (role: string) =>
    panel.locator('tbody tr', { has: page.locator('td:first-child').getByText(role, { exact: true }) });
  await row('Collector').waitFor();
  expect(await row('Collector').textContent()).toContain('MissingNo machine’s metrics are collected');
  expect(await row('Functions').textContent()).toMatch(/Alive.*1 function/);
  const worker = vigia.process(/main\.ts jobs/).pid;
  expect(await row('Jobs').textContent()).toContain(`${worker}`);
  expect(await sandbox(page)).toMatch(/Confined by(bubblewrap|landlock|Not confined)/);

  process.kill(worker, 'SIGSTOP');
  try {
    await until(() => row('Jobs').allTextContents()).toEqual([
      expect.stringContaining('Gone'),
      expect.stringContaining('MissingNo job is run'),
    ]);
  } finally {
    process.kill(worker, 'SIGCONT');
  }
  await until(() => row('Jobs').allTextContents()).toEqual([expect.stringContaining('Alive')]);

  process.kill(redis.pid, 'SIGSTOP');
  try {
    await page.getByText(/Redis unreachable since \d\d:\d\d:\d\d, showing last data\./).waitFor();
    expect(await row('Functions').textContent()).toMatch(/Alive.*1 function/);
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await until(() => page.getByText('Redis unreachable').count()).toBe(0);
  expect(page.faults.filter((fault) => !fault.includes('503'))).toEqual([]);
});

const sandbox = (page: Page) => page.locator('section', { has: page.locator('#sandbox') }).textContent();
