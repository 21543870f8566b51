import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { faultsOf, launchBrowser, openPage } from './support/browser.ts';
import { DAY, HOLES, loadAt, resultAt, writeMonth } from './support/month.ts';
import { type RedisServer, startRedis } from './support/redis-server.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const HOUR = DAY / 24;
const scratch = mkdtempSync(join(tmpdir(), 'vigia-e2e-'));
const now = Math.floor(Date.now() / 1_000) * 1_000;
const spikeAt = now - 17 * DAY;
let redis: RedisServer;
let vigia: Vigia;
let browser: Browser;
let writing: NodeJS.Timeout;

beforeAll(async () => {
  writeFileSync(join(scratch, 'echo.py'), 'def handler(event, context):\n    return event\n');
  redis = await startRedis();
  await writeMonth(redis, now, spikeAt);
  vigia = await Vigia.start({
    REDIS_URL: redis.url,
    FUNCTION_PATH: join(scratch, 'echo.py'),
    MONITORING_PERIOD: '0.5',
  });
  writing = setInterval(() => void vigia.redis.set('metrics', JSON.stringify(resultAt(Date.now()))), 500);
  // The function runs as soon as there is something newer than the month before it. Whoever waits for that blocks a connection.
  const waiting = vigia.redis.duplicate();
  expect(await waiting.xread('BLOCK', 60_000, 'STREAMS', 'vigia:{default}:history', '$')).not.toBeNull();
  waiting.disconnect();
  browser = await launchBrowser();
});
afterAll(async () => {
  clearInterval(writing);
  await browser?.close();
  await vigia?.[Symbol.asyncDispose]();
  await redis?.[Symbol.asyncDispose]();
  rmSync(scratch, { recursive: true });
});

const open = (address = '', options: BrowserContextOptions = {}) =>
  openPage(browser, `${vigia.url}/${address}`, { timezoneId: 'America/Sao_Paulo', ...options });
const query = (page: Page) => new URL(page.url()).searchParams;
const state = (page: Page) => page.locator('[data-state]').first().getAttribute('data-state');
const plot = (page: Page, title: string) => page.getByRole('slider', { name: `${title}, chart` });
const figure = (page: Page, series: string) => page.locator(`.fig[data-series="${series}"]`);
const legend = (page: Page, title: string) =>
  page.getByRole('region', { name: title, exact: true }).locator('.legend b').first();
const isCurrent = async (page: Page, range: string) =>
  (await page.getByRole('link', { name: `Last ${range}`, exact: true }).getAttribute('aria-current')) === 'page';

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('nothing to point at');
  return box;
}

/** Drags over a plot, from one share of its width to another. */
async function drag(page: Page, title: string, from: number, to: number): Promise<void> {
  const { x, y, width } = await boxOf(plot(page, title));
  await page.mouse.move(x + width * from, y + 40);
  await page.mouse.down();
  await page.mouse.move(x + width * to, y + 60, { steps: 6 });
  await page.mouse.up();
}

/** Where the address says that the shown range begins and ends. */
const shown = (page: Page) => ({ from: Number(query(page).get('from')), to: Number(query(page).get('to')) });

test.each([
  ['5m', '5 min'],
  ['15m', '15 min'],
  ['1h', '1 h'],
  ['6h', '6 h'],
  ['24h', '24 h'],
  ['7d', '7 d'],
  ['30d', '30 d'],
])('the range %s is in the first HTML, and live', async (label, words) => {
  const still = await open(`?range=${label}`, { javaScriptEnabled: false });
  expect(await isCurrent(still, words)).toBe(true);
  expect(await still.locator('.more').first().textContent()).toContain(`in ${words}`);
  // One line through the whole range: no gap where tiers meet.
  const line = (await still.locator('.panel[aria-label="queue_length"] .plot > svg path').getAttribute('d')) ?? '';
  const across = [...line.matchAll(/[ML](-?[\d.]+) /g)].map(([, x]) => Number(x));
  expect(Math.min(...across)).toBeLessThan(15);
  expect(Math.max(...across)).toBeGreaterThan(985);
  const page = await open(`?range=${label}`);
  const newest = () => page.getByRole('table', { name: 'Results' }).locator('tbody tr').first().textContent();
  const first = await newest();
  await until(newest).not.toBe(first);
  expect(await state(page)).toBe('live');
  expect(page.faults).toEqual([]);
  for (const each of [still, page]) await each.context().close();
});

test('one sample of a month is seen at 30 days: in the HTML, on the canvas and in words', async () => {
  const still = await open('?range=30d', { javaScriptEnabled: false });
  const line = (await still.locator('.panel[aria-label="queue_length"] .plot > svg path').getAttribute('d')) ?? '';
  const high = [...line.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].filter(([, , y]) => Number(y) < 50);
  expect(high).toHaveLength(1);
  expect(Number(high[0]?.[1])).toBeCloseTo(1_000 * (13 / 30), -1);
  expect(await still.locator('.vital', { hasText: 'queue_length' }).textContent()).toContain('20 to 1,000 in 30 d');

  const page = await open('?range=30d');
  const canvas = plot(page, 'queue_length').locator('canvas');
  const painted = () =>
    canvas.evaluate((element) => {
      if (!(element instanceof HTMLCanvasElement)) return 0;
      const { width, height } = element;
      const top = element.getContext('2d')?.getImageData(0, 0, width, Math.floor(height / 4)).data ?? [];
      return top.filter((_, index) => index % 4 === 3 && (top[index] ?? 0) > 100).length;
    });
  await until(painted).toBeGreaterThan(5);
  for (const each of [still, page]) await each.context().close();
});

test.each(HOLES.flatMap(({ ranges, ...hole }) => ranges.map((range) => ({ range, ...hole }))))(
  'at $range, a time in which nothing ran is drawn and listed in the first HTML',
  async ({ range, ago, lengthMs, told }) => {
    const still = await open(`?range=${range}`, { javaScriptEnabled: false });
    const listed = still.locator('.events li', { hasText: told });
    expect(await listed.count(), `${await still.locator('.events').textContent()}`).toBe(1);
    const zoomed = new URL((await listed.getByRole('link').getAttribute('href')) ?? '', still.url()).searchParams;
    expect(Number(zoomed.get('from'))).toBeLessThan(now - ago);
    expect(Number(zoomed.get('to'))).toBeGreaterThan(now - ago + lengthMs);

    const chart = plot(still, 'queue_length');
    const [from, to] = await Promise.all(['min', 'max'].map((end) => chart.getAttribute(`aria-value${end}`)));
    const share = 100 / (Number(to) - Number(from));
    const expected = { left: (now - ago - Number(from)) * share, width: lengthMs * share };
    const bands = await chart
      .locator('.band.none')
      .evaluateAll((all) => all.map(({ style }) => ({ left: parseFloat(style.left), width: parseFloat(style.width) })));
    const near = bands.filter(({ left, width }) => Math.hypot(left - expected.left, width - expected.width) < 1);
    expect(near, `${JSON.stringify(expected)} of ${JSON.stringify(bands)}`).toHaveLength(1);
    await still.context().close();
  },
);

test('an address without a range shows the shortest that has what there is', async () => {
  const page = await open();
  expect(await isCurrent(page, '15 min')).toBe(true);
  await page.context().close();
  await using young = await Vigia.start({ MONITORING_PERIOD: '0.3', COLLECT_PERIOD: '0.3' });
  await until(() => young.redis.xlen('vigia:{default}:history')).toBeGreaterThan(2);
  const fresh = await openPage(browser, young.url);
  expect(await isCurrent(fresh, '5 min')).toBe(true);
  await fresh.context().close();
});

test('a free range is chosen in a form, which says what is wrong with it; it is not live, and leads back', async () => {
  const page = await open('?range=1h');
  await until(() => state(page)).toBe('live');
  const choose = page.locator('summary', { hasText: 'Choose a range' });
  const fields = { from: page.getByLabel('From'), to: page.getByLabel('To', { exact: true }) };
  const ask = async (from: string, to: string) => {
    if (!(await fields.from.isVisible())) await choose.click();
    await fields.from.fill(from);
    await fields.to.fill(to);
    await page.getByRole('button', { name: 'Show range' }).click();
  };
  // In Sao Paulo, three hours behind UTC.
  const local = (at: number) => new Date(at - 3 * HOUR).toISOString().slice(0, 19);

  await ask(local(now - 10 * DAY), local(now - 11 * DAY));
  await until(() => page.getByText('The start must be before the end.').isVisible()).toBe(true);
  expect(await fields.from.getAttribute('aria-invalid')).toBe('true');
  await ask(local(now - 10 * DAY), local(now + 2 * DAY));
  await until(() => page.getByText('This is in the future.').isVisible()).toBe(true);
  await ask(local(now - 10 * DAY), '');
  await until(() => page.getByText('Enter a date and a time.').isVisible()).toBe(true);
  expect(await isCurrent(page, '1 h')).toBe(true);

  await ask(local(now - 18 * DAY), local(now - 16 * DAY));
  await until(() => state(page)).toBe('fixed');
  expect(shown(page)).toEqual({ from: now - 18 * DAY, to: now - 16 * DAY });
  expect(await fields.from.isVisible()).toBe(false);
  expect(await page.locator('.vital', { hasText: 'queue_length' }).textContent()).toContain('20 to 1,000 in 2 d');
  expect(await page.getByRole('button', { name: 'Pause' }).count()).toBe(0);

  await page.getByRole('link', { name: 'Back to live' }).click();
  await until(() => state(page)).toBe('live');
  expect([query(page).get('range'), query(page).has('from')]).toEqual(['1h', false]);
  expect(page.faults).toEqual([]);
  await page.context().close();
});

test('a free range works without JavaScript, errors beside their field included', async () => {
  const page = await open('?range=1h', { javaScriptEnabled: false });
  await page.locator('summary', { hasText: 'Choose a range' }).click();
  // Nothing has told the server of this reader's zone, so the form says UTC.
  const text = (at: number) => new Date(at).toISOString().slice(0, 19);
  await page.getByLabel('From').fill(text(now - 60 * DAY));
  await page.getByLabel('To', { exact: true }).fill(text(now - 2 * DAY));
  await page.getByRole('button', { name: 'Show range' }).click();
  expect(await page.getByText('A range has at most 31 days.').isVisible()).toBe(true);
  await page.getByLabel('From').fill(text(now - 3 * DAY));
  await page.getByRole('button', { name: 'Show range' }).click();
  expect(await state(page)).toBe('fixed');
  expect(query(page).get('range')).toBe('1h');
  expect(await page.locator('.panel[aria-label="queue_length"] .plot > svg path').count()).toBe(1);
  await page.context().close();
});

test('a range in which nothing is known says so', async () => {
  const page = await open(`?from=${now - 80 * DAY}&to=${now - 79 * DAY}`);
  expect(await page.getByRole('heading', { name: 'No data in this range' }).count()).toBe(1);
  await page.context().close();
});

test('dragging over a plot zooms; Back leads out, and a double click to the range before', async () => {
  const page = await open('?range=24h');
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  await drag(page, 'queue_length', 0.25, 0.75);
  await until(() => state(page)).toBe('fixed');
  const first = shown(page);
  expect((first.to - first.from) / HOUR).toBeCloseTo(12, 0);
  expect(Math.abs(first.from - (Date.now() - 18 * HOUR))).toBeLessThan(HOUR / 2);

  await drag(page, 'Moving average per CPU', 0.6, 0.4);
  await until(() => shown(page).from).not.toBe(first.from);
  const second = shown(page);
  expect((second.to - second.from) / HOUR).toBeCloseTo(2.4, 1);
  await until(() => page.locator('.brush').count()).toBe(0);

  // At its right edge, where the inspector would open over the second click.
  const { width } = await boxOf(plot(page, 'queue_length'));
  await plot(page, 'queue_length').dblclick({ position: { x: width - 20, y: 40 } });
  await until(() => shown(page)).toEqual(first);
  expect(query(page).has('tick')).toBe(false);
  await page.goBack();
  await until(() => shown(page)).toEqual(second);
  await page.goBack();
  await until(() => shown(page)).toEqual(first);
  await page.goBack();
  await until(() => state(page)).toBe('live');
  expect(query(page).get('range')).toBe('24h');
  expect(faultsOf(page)).toEqual([]);
  await page.context().close();
});

test('the tick that one looks at stays as long as it lies in the range, whatever changes that', async () => {
  const page = await open('?range=1h');
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  const title = page.locator('#tick');
  const { width } = await boxOf(plot(page, 'queue_length'));
  await plot(page, 'queue_length').click({ position: { x: width / 2, y: 40 } });
  await until(() => query(page).get('tick')).toMatch(/^\d+-\d+$/);
  const tick = query(page).get('tick') ?? '';
  const said = await title.textContent();
  const stays = async () => expect([query(page).get('tick'), await title.textContent()]).toEqual([tick, said]);
  const range = (words: string) => page.getByRole('link', { name: `Last ${words}`, exact: true });

  await range('6 h').click();
  await until(() => isCurrent(page, '6 h')).toBe(true);
  await stays();
  await page.getByRole('link', { name: 'JSON', exact: true }).click();
  await until(() => query(page).get('view')).toBe('json');
  await stays();
  await drag(page, 'queue_length', 0.8, 0.96);
  await until(() => state(page)).toBe('fixed');
  await stays();
  await plot(page, 'queue_length').dblclick();
  await until(() => state(page)).toBe('live');
  await stays();
  await drag(page, 'queue_length', 0.2, 0.4);
  await until(() => state(page)).toBe('fixed');
  await until(() => title.count()).toBe(0);
  expect(query(page).has('tick')).toBe(false);

  await page.goBack();
  await until(() => title.textContent()).toBe(said);
  const local = (at: number) => new Date(at - 3 * HOUR).toISOString().slice(0, 19);
  for (const [ago, kept] of [
    [HOUR, tick],
    [HOUR / 4, null],
  ] as const) {
    await page.locator('summary', { hasText: 'Choose a range' }).click();
    await page.getByLabel('From').fill(local(now - ago));
    await page.getByLabel('To', { exact: true }).fill(local(now));
    await page.getByRole('button', { name: 'Show range' }).click();
    await until(() => shown(page)).toEqual({ from: now - ago, to: now });
    expect(query(page).get('tick')).toBe(kept);
  }
  await until(() => title.count()).toBe(0);
  expect(page.faults).toEqual([]);
  await page.context().close();
});

test('with keys: Shift and arrows select, Enter zooms, Escape gives up; the focus stays', async () => {
  const page = await open('?range=1h');
  const slider = plot(page, 'queue_length');
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  await slider.focus();
  await page.keyboard.press('Home');
  for (const _ of [1, 2, 3]) await page.keyboard.press('Shift+PageDown');
  expect(await slider.getAttribute('aria-valuetext')).toMatch(
    /^Selected \d\d:\d\d:\d\d to \d\d:\d\d:\d\d; Enter zooms$/,
  );
  await page.keyboard.press('Escape');
  expect(await page.locator('.brush').count()).toBe(0);
  await page.keyboard.press('Shift+End');
  await page.keyboard.press('Shift+PageUp');
  await page.keyboard.press('Enter');
  await until(() => state(page)).toBe('fixed');
  expect(await slider.evaluate((element) => element === document.activeElement)).toBe(true);
  const { from, to } = shown(page);
  expect(to - from).toBeGreaterThan(HOUR / 3);
  await page.context().close();
});

test('a finger scrolls the page over a plot; when it rests first, it selects', async () => {
  const page = await open('?range=24h', { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
    devtools.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const swipe = async (from: [number, number], to: [number, number], rest: () => Promise<unknown>) => {
    await touch('touchStart', ...from);
    await rest();
    for (let step = 1; step <= 8; step++) {
      const at = (axis: 0 | 1) => from[axis] + ((to[axis] - from[axis]) * step) / 8;
      await touch('touchMove', at(0), at(1));
    }
    await touch('touchEnd', ...to);
  };
  const target = plot(page, 'Moving average per CPU');
  await target.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => window.scrollY);
  const { x, y, width, height } = await boxOf(target);
  await swipe([x + width / 2, y + height * 0.8], [x + width / 2 + 5, y + height * 0.8 - 150], async () => {});
  await until(() => page.evaluate(() => window.scrollY)).toBeGreaterThan(before + 50);
  expect(query(page).has('from')).toBe(false);

  const moved = await boxOf(target);
  const line = moved.y + moved.height / 2;
  await swipe([moved.x + moved.width * 0.3, line], [moved.x + moved.width * 0.7, line], () =>
    page.locator('.brush').waitFor({ state: 'attached' }),
  );
  await until(() => state(page)).toBe('fixed');
  expect((shown(page).to - shown(page).from) / HOUR).toBeCloseTo(9.6, 0);
  await page.context().close();
});

test.each(['5m', '30d'])(
  'at %s a pause holds the page still, counts what waits, and loses none of it',
  async (range) => {
    const page = await open(`?range=${range}`);
    await until(() => state(page)).toBe('live');
    await page.getByRole('button', { name: 'Pause' }).click();
    const load = legend(page, 'Moving average per CPU');
    const held = await load.textContent();
    const edge = () => plot(page, 'queue_length').getAttribute('aria-valuemax');
    const heldEdge = await edge();
    const resume = page.getByRole('button', { name: /^Resume, [4-9] results wait$/ });
    await resume.waitFor();
    expect([await load.textContent(), await edge()]).toEqual([held, heldEdge]);
    expect(await page.locator('.state.pill').textContent()).toMatch(/^Paused · \d+ s ago$/);
    await page.getByRole('button', { name: /^Resume/ }).click();
    await until(edge).not.toBe(heldEdge);
    await until(() => page.getByRole('button', { name: 'Pause' }).count()).toBe(1);
    await page.context().close();
  },
);

test('the crosshair of one chart is that of all, and every figure tells its value there', async () => {
  const page = await open(`?from=${now - HOUR}&to=${now - HOUR / 2}`);
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  const load = legend(page, 'Moving average per CPU');
  const last = await load.textContent();
  const mean = page.locator('.vital', { hasText: 'Load, mean of CPUs' });
  const ofWhen = page.getByRole('region', { name: 'queue_length', exact: true }).locator('.legend .at-cursor');
  expect(await ofWhen.textContent()).toBe('last');
  const boxes = () =>
    page
      .locator('.vital, .vital > *, .gauge, .panel, .plot, .legend, .png')
      .evaluateAll((elements) => elements.map((element) => JSON.stringify(element.getBoundingClientRect())));
  const before = await boxes();
  const { x, y, width } = await boxOf(plot(page, 'queue_length'));
  await page.mouse.move(x + width * 0.4, y + 30);
  await until(() => page.locator('.vline.cross').count()).toBeGreaterThan(3);
  const at = Number(await plot(page, 'queue_length').getAttribute('aria-valuenow'));
  const expected = loadAt(at).toFixed(1);
  expect(await load.textContent()).toBe(expected);
  expect(await page.getByRole('meter', { name: 'CPU 0', exact: true }).getAttribute('aria-valuenow')).toBe(
    String(loadAt(at)),
  );
  expect(await mean.locator('.fig').textContent()).toBe(`${((loadAt(at) + 90) / 2).toFixed(1)}%`);
  const when = await page.locator('.tip .t b').textContent();
  expect(await mean.locator('.when').textContent()).toBe(when);
  expect(await ofWhen.textContent()).toBe(`last${when}`);
  // It is none of the newest results, which the page has whole.
  expect(await page.locator('.tip .f').textContent()).toMatch(/^v?\w+ · \d+\.\d ms · click to inspect$/);
  expect(await boxes()).toEqual(before);
  await page.mouse.move(5, 5);
  await until(() => load.textContent()).toBe(last);
  expect(await mean.locator('.when').count()).toBe(0);
  await page.context().close();
});

test('a counter is shown as its rate, a percentage as a meter, and a key that appears gets its chart', async () => {
  const page = await open('?range=1h');
  await until(() => figure(page, 'net_io_counters-bytes_sent').textContent()).toMatch(/^\d\.\d+KiB\/s$/);
  const vital = page.locator('.vital', { hasText: 'net_io_counters' });
  expect(await vital.textContent()).toContain('KiB/s');
  const still = await open('?range=7d', { javaScriptEnabled: false });
  expect(await figure(still, 'net_io_counters-bytes_sent').textContent()).toMatch(/^\d\.\d+KiB\/s$/);
  expect(await page.getByRole('meter', { name: 'disk.sda.usage_percent' }).getAttribute('aria-valuenow')).toBe('62.5');
  clearInterval(writing);
  writing = setInterval(() => {
    const text = JSON.stringify({ ...resultAt(Date.now()), later: { found: [7.25] } });
    void vigia.redis.set('metrics', text);
  }, 500);
  await until(() => page.getByRole('heading', { name: 'later.found.0' }).count()).toBe(1);
  clearInterval(writing);
  writing = setInterval(() => void vigia.redis.set('metrics', JSON.stringify(resultAt(Date.now()))), 500);
  // It has gone again: its curve ends, and the page goes on.
  await until(() => legend(page, 'later.found.0').textContent()).toBe('–');
  expect(page.faults).toEqual([]);
  for (const each of [still, page]) await each.context().close();
});

test('nothing on the page moves while results come', async () => {
  const page = await open('?range=15m', { viewport: { width: 1440, height: 1_000 } });
  await until(() => page.locator('canvas').count()).toBeGreaterThan(2);
  const boxes = () =>
    page
      .locator('.bar > *, .vital, .gauge, .panel, .plot, .legend')
      .evaluateAll((elements) => elements.map((element) => JSON.stringify(element.getBoundingClientRect())));
  // A pill's age changes once a second, and with it what stands beside it.
  const still = async () => (await boxes()).slice(3);
  const before = await still();
  const newest = () => page.getByRole('table', { name: 'Results' }).locator('tbody tr').first().textContent();
  for (const _ of [1, 2, 3]) {
    const seen = await newest();
    await until(newest).not.toBe(seen);
    expect(await still()).toEqual(before);
  }
  await page.context().close();
});

test('who reads Portuguese reads it here as well', async () => {
  const page = await open(`?from=${now - 2 * DAY}&to=${now - DAY}`, { locale: 'pt-BR' });
  expect(await page.locator('[data-state]').textContent()).toBe('Período fixo');
  await page.getByRole('link', { name: 'Voltar ao vivo' }).click();
  await until(() => state(page)).toBe('live');
  expect(await page.locator('[data-state]').textContent()).toMatch(/^Ao vivo · há \d+ s$/);
  expect(await figure(page, 'disk.sda.usage_percent').textContent()).toBe('62,5%');
  await page.context().close();
});

test('with 128 CPUs, each is a line of colours over time, which tells its value', async () => {
  await using own = await startRedis();
  await using many = await Vigia.start({
    REDIS_URL: own.url,
    FUNCTION_PATH: join(scratch, 'echo.py'),
    MONITORING_PERIOD: '0.3',
  });
  const cpus = Array.from({ length: 128 }, (_, cpu) => [`avg-util-cpu${cpu}-60sec`, cpu / 2]);
  const others = ['one', 'two', 'three', 'four', 'five'].map((name) => [name, 1]);
  const result = Object.fromEntries([...cpus, ...others]);
  await many.redis.set('metrics', JSON.stringify(result));
  await until(() => many.redis.xlen('vigia:{default}:history')).toBeGreaterThan(20);
  const still = await openPage(browser, many.url, { javaScriptEnabled: false });
  expect(await still.getByRole('meter').count()).toBe(128);
  const page = await openPage(browser, many.url);
  const lines = plot(page, 'Each CPU over time');
  await lines.locator('canvas').waitFor();
  const { x, y, width, height } = await boxOf(lines);
  await page.mouse.move(x + width - 3, y + height * (100.5 / 128));
  await until(() => lines.locator('.ptv').textContent()).toBe('CPU 100 50.0 %');
  expect(await lines.getAttribute('aria-valuetext')).toContain('CPU 127 63.5 %');
  // Each of the others is in the list, at the same time.
  await many.redis.set('metrics', JSON.stringify({ ...result, 'avg-util-cpu7-60sec': 99 }));
  await page.getByRole('button', { name: 'Choose CPUs' }).click();
  const listed = page.locator('.picker [data-series="avg-util-cpu7-60sec"]');
  await until(() => listed.textContent()).toBe('99.0');
  await lines.focus();
  await page.keyboard.press('Home');
  await until(() => listed.textContent()).toBe('3.5');

  await page.goto(`${many.url}/?kiosk`);
  await until(() => page.locator('.plot:visible').count()).toBe(6);
  const shapes = (selector: string) =>
    page.locator(`${selector}:visible`).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().toJSON()));
  expect(Math.min(...(await shapes('.plot')).map(({ height }) => height)), 'the lowest chart').toBeGreaterThan(50);
  const panels: DOMRect[] = await shapes('.panel');
  const over = panels.filter((one) =>
    panels.some(
      (other) => one.top < other.top && other.top < one.bottom && other.left < one.right && one.left < other.right,
    ),
  );
  expect(over, 'panels that lie over others').toEqual([]);
  expect(page.faults).toEqual([]);
  for (const each of [still, page]) await each.context().close();
});
