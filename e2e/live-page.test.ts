import type { BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { browserSuite } from './support/browser-suite.ts';
import { startRedis } from './support/redis-server.ts';
import { scratchFolder } from './support/scratch-folder.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const scratch = scratchFolder();
const { open } = browserSuite();

const ECHO = 'def handler(event, context):\n    return event\n';
const COUNTING =
  'def handler(event, context):\n    context.env["n"] = context.env.get("n", 0) + 1\n    return {"n": context.env["n"]}\n';

const figure = (page: Page, series: string) => page.locator(`.fig[data-series="${series}"]`);
const pill = (page: Page) => page.locator('[data-state]');
const state = (page: Page) => pill(page).getAttribute('data-state');

/** The page of a function that is called with an input, on a Redis of its own. */
async function pageOf(source: string, input: object) {
  await using stack = new AsyncDisposableStack();
  const redis = stack.use(await startRedis());
  const settings = { FUNCTION_PATH: scratch.write('usermodule.py', source), MONITORING_PERIOD: '0.2' };
  const vigia = stack.use(await Vigia.start({ REDIS_URL: redis.url, ...settings }));
  const give = (value: object) => vigia.redis.set('metrics', JSON.stringify(value));
  await give(input);
  const page = await open(vigia.url);
  const owned = stack.move();
  return { redis, vigia, give, page, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const startMachine = () => Vigia.start({ MONITORING_PERIOD: '0.3', COLLECT_PERIOD: '0.3' });

/** A machine that nobody disturbs. */
let quiet: Vigia;
beforeAll(async () => {
  quiet = await startMachine();
});
afterAll(() => quiet[Symbol.asyncDispose]());

/** The page of a machine, as soon as it is live. */
async function livePageOf({ url }: Vigia, options: BrowserContextOptions = {}) {
  const page = await open(url, options);
  await until(() => state(page)).toBe('live');
  return page;
}

/** The values in a column of the results table, newest first. */
async function column(page: Page, title: string): Promise<number[]> {
  const table = page.getByRole('table', { name: 'Results' });
  const titles = await table.locator('thead th').allTextContents();
  const index = titles.findIndex((text) => text.trim() === title) + 1;
  const cells = await table.locator(`tbody tr td:nth-child(${index})`).allTextContents();
  return cells.map((text) => Number(text.replaceAll(',', '')));
}

test('a value written to the input key changes the number on the page', async () => {
  await using echo = await pageOf(ECHO, { 'percent-memory-caching': 12.5 });
  const { page, give } = echo;
  await until(() => figure(page, 'percent-memory-caching').textContent()).toMatch(/^12\.5/);
  await give({ 'percent-memory-caching': 71.25 });
  await until(() => figure(page, 'percent-memory-caching').textContent()).toMatch(/^71\.[23]/);
  expect(page.faults).toEqual([]);
});

test('the page of a real machine: everything is there, live, and nothing complains', async () => {
  const page = await livePageOf(quiet);
  const cpus = Object.keys(JSON.parse((await quiet.redis.get('metrics')) ?? '{}')).filter((key) =>
    /^cpu_percent-/.test(key),
  );
  await until(() => page.getByRole('meter', { name: /^CPU \d+$/ }).count()).toBe(Math.min(cpus.length, 8));
  for (const title of ['Memory caching', 'Network egress', 'Moving average per CPU', 'Results', 'Input sample']) {
    expect(await page.getByRole('heading', { name: title, exact: true }).count(), title).toBe(1);
  }
  const before = await page.locator('time').first().textContent();
  await until(() => page.locator('time').first().textContent()).not.toBe(before);
  const curves = page.locator('canvas').first();
  const drawn = () => curves.evaluate((canvas) => (canvas instanceof HTMLCanvasElement ? canvas.toDataURL() : ''));
  await until(() => page.locator('canvas').count()).toBe(3);
  const first = await drawn();
  await until(drawn).not.toBe(first);
  await page.getByRole('heading', { name: 'Input sample' }).click();
  await until(() => page.getByRole('table', { name: 'Input sample' }).textContent()).toContain('virtual_memory-total');
  await page.getByRole('button', { name: /^JSON/ }).first().click();
  await until(() => page.locator('.jsonrow').textContent()).toContain('"percent-network-egress"');
  expect(page.faults).toEqual([]);
});

test('with JavaScript off the page still informs', async () => {
  await until(() => quiet.redis.xlen('vigia:{default}:history')).toBeGreaterThan(5);
  const page = await open(quiet.url, { javaScriptEnabled: false });
  expect(await figure(page, 'percent-memory-caching').textContent()).toMatch(/^\d+(\.\d+)?%$/);
  expect(await page.getByRole('table', { name: 'Results' }).locator('tbody tr').count()).toBeGreaterThan(3);
  expect(await page.locator('svg path').count()).toBeGreaterThan(4);
  // Whoever reads it has no clock of their own in it.
  expect(await page.locator('.bar').textContent()).toMatch(/(?:input from|last result) \d\d:\d\d:\d\d UTC/);
  await page.context().close();
});

test('a browser that was offline for 30 s misses no point', async () => {
  await using vigia = await Vigia.start({
    FUNCTION_PATH: scratch.write('counting.py', COUNTING),
    MONITORING_PERIOD: '0.5',
    COLLECT_PERIOD: '0.5',
  });
  const page = await open(vigia.url);
  await until(() => state(page)).toBe('live');
  const length = () => vigia.redis.xlen('vigia:{default}:history');
  await until(async () => (await column(page, 'n')).length).toBeGreaterThan(0);
  const [offline] = await column(page, 'n');
  const before = await length();
  await page.context().setOffline(true);
  await until(length).toBeGreaterThanOrEqual(before + 60);
  await page.context().setOffline(false);
  await until(async () => (await column(page, 'n'))[0] ?? 0).toBeGreaterThan((offline ?? 0) + 60);
  await page.getByRole('button', { name: 'Show 50 more' }).click();
  await until(async () => (await column(page, 'n')).length).toBeGreaterThanOrEqual(70);
  const numbers = await column(page, 'n');
  expect(numbers.at(-1)).toBeLessThanOrEqual(offline ?? 0);
  expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) - index));
});

test('when the collector stops, the page says that its data is stale, and lives again when it goes on', async () => {
  await using vigia = await startMachine();
  const page = await livePageOf(vigia);
  const collector = vigia.process(/main\.ts collector/);
  process.kill(collector.pid, 'SIGSTOP');
  await until(() => state(page)).toBe('stale');
  expect(await pill(page).textContent()).toMatch(/^Stale · \d+ s ago$/);
  process.kill(collector.pid, 'SIGCONT');
  await until(() => state(page)).toBe('live');
});

describe('the page lives on when a process is killed', () => {
  test.each([
    ['the function host', /host-process\.ts/],
    ['the functions role', /main\.ts functions/],
    ['the web role', /main\.ts web/],
    ['Redis', /redis-server|valkey-server/],
  ])('%s', async (_name, pattern) => {
    await using vigia = await startMachine();
    const page = await livePageOf(vigia);
    const newest = async () =>
      (await page.getByRole('table', { name: 'Results' }).locator('tbody tr').first().textContent()) ?? '';
    // The server's own HTML is live already; another row shows that the page is as well.
    const loaded = await newest();
    await until(newest).not.toBe(loaded);
    process.kill(vigia.process(pattern).pid, 'SIGKILL');
    await until(async () => vigia.processes().some(({ command }) => pattern.test(command))).toBe(true);
    const seen = await newest();
    await until(async () => (await newest()) !== seen && (await state(page)) === 'live').toBe(true);
  });
});

test('while Redis is away, or full, the page says so and keeps its numbers; a new visitor is told as well', async () => {
  await using echo = await pageOf(ECHO, { 'percent-memory-caching': 33.5 });
  const { redis, vigia, give, page } = echo;
  await until(() => figure(page, 'percent-memory-caching').textContent()).toMatch(/^33\.5/);
  await vigia.redis.config('SET', 'maxmemory', '1');
  await until(() => page.locator('.banner').textContent()).toMatch(/^The memory of Redis is full\./);
  expect(await figure(page, 'percent-memory-caching').textContent()).toMatch(/^33\.5/);
  await vigia.redis.config('SET', 'maxmemory', '0');
  // By then its data may be old, which is another line.
  await until(() => page.locator('.banner', { hasText: 'Redis' }).count()).toBe(0);
  process.kill(redis.pid, 'SIGSTOP');
  await until(() => page.locator('.banner').textContent()).toMatch(/^Redis unreachable since \d\d:\d\d:\d\d/);
  expect(await figure(page, 'percent-memory-caching').textContent()).toMatch(/^33\.5/);
  const answer = await fetch(`${vigia.url}/api/v1/functions/default`);
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
  expect((await fetch(`${vigia.url}/livez`)).status).toBe(200);
  expect((await fetch(`${vigia.url}/readyz`)).status).toBe(503);
  const visitor = await open(vigia.url);
  await until(() => visitor.locator('body').textContent()).toMatch(/Redis/);
  process.kill(redis.pid, 'SIGCONT');
  await give({ 'percent-memory-caching': 44.5 });
  for (const each of [page, visitor]) {
    await until(() => figure(each, 'percent-memory-caching').textContent()).toMatch(/^44\.5/);
    await until(() => each.locator('.banner', { hasText: 'Redis' }).count()).toBe(0);
  }
});

test('a failing and a crashing function are shown with their reason, and the last good number stays', async () => {
  const source =
    'import os\ndef handler(event, context):\n    if event["x"] == 1:\n        raise ValueError("<b>not</b> good")\n    if event["x"] == 2:\n        os._exit(9)\n    return {"value": 42.0}\n';
  await using failing = await pageOf(source, { x: 0 });
  const { page, give } = failing;
  await until(() => figure(page, 'value').textContent()).toMatch(/^42/);
  await give({ x: 1 });
  await until(() => state(page)).toBe('failing');
  await until(() => page.locator('main').textContent()).toContain('ValueError: <b>not</b> good');
  expect(await figure(page, 'value').textContent()).toMatch(/^42/);
  await give({ x: 2 });
  await until(() => state(page)).toBe('crashing');
  await until(() => page.locator('main').textContent()).toContain('exited with code 9');
  await give({ x: 0 });
  await until(() => state(page)).toBe('live');
  expect(page.faults).toEqual([]);
});

test('nothing has been written yet: the page says what to do, and fills itself', async () => {
  await using own = await startRedis();
  await using vigia = await Vigia.start({ REDIS_URL: own.url });
  const page = await open(vigia.url);
  await until(() => page.getByRole('heading', { name: 'No data yet' }).count()).toBe(1);
  expect(await page.locator('main').textContent()).toContain('COLLECT=on npm start');
  expect(await page.locator('main').textContent()).toContain(`redis-cli -p ${own.port} SET metrics`);
  await vigia.redis.set('metrics', '{"timestamp":"2026-11-21 12:00:00","cpu_percent-0":12.5}');
  await until(() => page.getByRole('meter', { name: 'CPU 0' }).getAttribute('aria-valuenow')).toBe('12.5');
  expect(page.faults).toEqual([]);
});

test.each([
  ['hyphens', { 'percent-network-egress': 20.0, 'avg-util-cpu0-60sec': 45.5, timestamp: 'x' }, 'CPU 0', '45.5'],
  ['underscores', { percentage_outgoing_bytes: 1.5, 'moving_average_cpu_percent-3': 61.25 }, 'CPU 3', '61.25'],
  ['nested', { cpus_avg: { 'cpu_percent-0_avg': 7.5, 'cpu_percent-1_avg': 8.5 } }, 'CPU 1', '8.5'],
  ['Portuguese', { avg_util_cpu0_60seg: 33 }, 'CPU 0', '33'],
])('a result spelled with %s is drawn as CPU gauges', async (_spelling, result, label, value) => {
  await using echo = await pageOf(ECHO, result);
  const { page } = echo;
  await until(() => page.getByRole('meter', { name: label, exact: true }).getAttribute('aria-valuenow')).toBe(value);
  expect(page.faults).toEqual([]);
});

test('128 CPUs and an unknown number need no configuration', async () => {
  const result = Object.fromEntries(Array.from({ length: 128 }, (_, cpu) => [`avg-util-cpu${cpu}-60sec`, cpu / 1.28]));
  await using echo = await pageOf(ECHO, { ...result, queue_length: 7 });
  const { page } = echo;
  await until(() => page.locator('main').textContent()).toMatch(/128 CPUs/);
  expect(await figure(page, 'queue_length').textContent()).toMatch(/^7/);
  expect(page.faults).toEqual([]);
});

test.each([
  { width: 390, height: 844, scheme: 'light' as const },
  { width: 390, height: 844, scheme: 'dark' as const },
  { width: 1440, height: 900, scheme: 'dark' as const },
  { width: 2560, height: 1440, scheme: 'light' as const },
])('at $width px, $scheme, nothing is wider than the window', async ({ width, height, scheme }) => {
  const page = await livePageOf(quiet, { viewport: { width, height }, colorScheme: scheme });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  expect(page.faults).toEqual([]);
});

test('the chosen theme and range survive a reload', async () => {
  const page = await livePageOf(quiet, { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  const toggle = page.getByRole('button', { name: /^Theme/ });
  for (let tries = 0; tries < 3 && (await background()) === light; tries++) await toggle.click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.getByRole('link', { name: 'Last 1 h', exact: true }).click();
  await until(async () => new URL(page.url()).searchParams.get('range')).toBe('1h');
  await page.reload();
  expect(await background()).toBe(dark);
  await until(() =>
    page.getByRole('link', { name: 'Last 1 h', exact: true }).getAttribute('aria-current'),
  ).toBeTruthy();
});

test('what is not there is said: a page, a function, a bad range', async () => {
  for (const path of ['/nowhere', '/functions/nobody']) {
    const answer = await fetch(quiet.url + path);
    expect([path, answer.status]).toEqual([path, 404]);
  }
  const problem = await fetch(`${quiet.url}/api/v1/functions/default/window?range=forever`);
  expect(problem.status).toBe(422);
  expect(problem.headers.get('content-type')).toContain('application/problem+json');
  const missing = await fetch(`${quiet.url}/api/v1/functions/nobody`);
  expect(await missing.json()).toMatchObject({ status: 404, detail: expect.stringContaining('nobody') });
});
