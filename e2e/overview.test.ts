import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deleteFunction } from '#lib/functions/delete-function';
import { updateSettings } from '#lib/functions/update-settings';
import { pathOf, signIn } from './support/accounts.ts';
import { axeFindings, VIEWS } from './support/axe.ts';
import { launchBrowser, openPage } from './support/browser.ts';
import { addTickNow, type Seed, seedFunctions } from './support/seeded-functions.ts';
import { type SeededWeb, startSeededWeb } from './support/seeded-web.ts';
import { until } from './support/until.ts';

const failure = { kind: 'invocation', message: 'ZeroDivisionError: float division by zero' } as const;
const SLOW = { changedAt: null, everyMs: 3_600_000, digest: null, problem: null };
const SEEDS: Seed[] = [
  // Its data stays fresh for as long as the suite takes.
  { name: 'a-runs', state: { input: SLOW }, tick: () => ({ load: 1.5 }) },
  {
    name: 'b-fails',
    state: { status: 'failing', failure, failedInARow: 20, input: SLOW },
    tick: (i) => (i > 160 ? failure.message : { load: i }),
  },
  { name: 'c-old', untilMs: 300_000 },
  { name: 'd-off' },
  { name: 'e-waits', state: { status: 'waiting' }, forMs: 0 },
];
const ADMIN = { uid: 0, name: 'admin', role: 'admin', via: 'session', credentialId: null } as const;

let browser: Browser;
let web: SeededWeb;

beforeAll(async () => {
  browser = await launchBrowser();
  web = await startSeededWeb(SEEDS);
  await updateSettings(web.ctx, ADMIN, { name: 'd-off', changes: { enabled: false } });
});
afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await browser.close();
});

const names = (page: Page) => page.locator('.cell h2').allTextContents();
const cell = (page: Page, name: string) => page.locator('.cell').filter({ has: page.getByText(name, { exact: true }) });

test('what needs somebody comes first, says why, and leads to its page', async () => {
  const page = await openPage(browser, web.url);
  expect(await names(page)).toEqual(['b-fails', 'c-old', 'e-waits', 'a-runs', 'd-off']);
  const failing = cell(page, 'b-fails');
  expect(await failing.textContent()).toContain('ZeroDivisionError: float division by zero · 20 ticks');
  expect(await failing.locator('b').first().textContent()).toBe('160');
  expect(await cell(page, 'c-old').textContent()).toMatch(/no result for \d+ min/);
  expect(await cell(page, 'd-off').textContent()).toContain('off by admin');
  expect(await page.getByRole('link', { name: 'New function' }).or(page.getByText('New function')).count()).toBe(0);
  await failing.click();
  await page.waitForURL(`${web.url}/functions/b-fails`);
  expect(page.faults).toEqual([]);
});

test('a function that only fails says of when its last numbers are', async () => {
  for (const javaScriptEnabled of [false, true]) {
    const page = await openPage(browser, `${web.url}/functions/b-fails?range=15m`, { javaScriptEnabled });
    expect(await page.locator('.fig[data-series="load"]').textContent()).toBe('160');
    expect(await page.locator('.bar').textContent()).toMatch(/Failing · 20 ticks.*last result \d\d:\d\d:\d\d/);
  }
});

test('a function that is called and returns nothing is told from one that waits for its input', async () => {
  const { redis, keys } = web.ctx;
  const page = await openPage(browser, `${web.url}/functions/e-waits`);
  const said = page.locator('.panel.empty');
  expect(await said.textContent()).toContain('Nothing has come from the key metrics.');
  const waiting = (await redis.get(keys.functionState('e-waits'))) ?? '';
  await redis.set(keys.functionState('e-waits'), waiting.replace('"done":0', '"done":3'));
  await page.reload();
  expect(await said.textContent()).toContain('called on metrics, and has returned nothing so far');
  await redis.set(keys.functionState('e-waits'), waiting);
  expect(page.faults).toEqual([]);
});

test('functions are found, filtered and ordered by the address', async () => {
  const page = await openPage(browser, web.url);
  await page.getByRole('searchbox', { name: 'Find a function' }).fill('RUNS');
  await until(() => names(page)).toEqual(['a-runs']);
  expect(pathOf(page)).toBe('/?q=RUNS');
  await page.getByRole('searchbox', { name: 'Find a function' }).fill('zzz');
  await page.getByRole('link', { name: 'Show all functions' }).click();
  await until(async () => (await names(page)).length).toBe(5);
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
  await until(() => names(page)).toEqual(['a-runs', 'b-fails', 'c-old', 'd-off', 'e-waits']);
  await page.getByRole('link', { name: '1 failing' }).click();
  await until(() => names(page)).toEqual(['b-fails']);
  expect(pathOf(page)).toBe('/?state=failing&sort=name');
  await page.getByRole('link', { name: 'Last hour' }).click();
  await until(async () => pathOf(page)).toBe('/?state=failing&sort=name&range=1h');
  await page.reload();
  expect(await names(page)).toEqual(['b-fails']);
  expect(page.faults).toEqual([]);
});

test('without JavaScript the form of the browser finds and orders', async () => {
  const page = await openPage(browser, web.url, { javaScriptEnabled: false });
  expect(await page.locator('.cell .spark path[d]').count()).toBeGreaterThan(4);
  await page.getByRole('searchbox').fill('-');
  await page.getByRole('combobox', { name: 'Order' }).selectOption('By name');
  await page.getByRole('button', { name: 'Apply' }).click();
  expect((await names(page))[0]).toBe('a-runs');
  expect(new URL(page.url()).searchParams.get('sort')).toBe('name');
});

test('numbers move, functions come and go, and the page is never loaded anew', async () => {
  const page = await openPage(browser, web.url);
  await page.evaluate(() => Reflect.set(window, 'isTheSame', true));
  const loads: string[] = [];
  page.on('request', (request) => {
    // The browser fetches the icon of a page whenever it likes.
    if (!/\/api\/v1\/overview|\/logo\.svg$/.test(request.url())) loads.push(request.url());
  });
  await addTickNow(web.ctx, 'a-runs', { load: 71.25 });
  await until(() => cell(page, 'a-runs').locator('b').first().textContent()).toBe('71.25');
  await seedFunctions(web.ctx, [{ name: 'f-new' }]);
  await until(() => names(page)).toContain('f-new');
  await web.ctx.redis.del(web.ctx.keys.lease('f-new'));
  await deleteFunction(web.ctx, ADMIN, { name: 'f-new' });
  await until(() => names(page)).not.toContain('f-new');
  expect(await page.evaluate(() => Reflect.get(window, 'isTheSame'))).toBe(true);
  expect(loads).toEqual([]);
  expect(page.faults).toEqual([]);
});

test('an admin makes a function from here', async () => {
  const page = await openPage(browser, `${web.url}/signin`);
  await signIn(page, web, { next: '/' });
  await page.getByRole('button', { name: 'New function' }).click();
  expect(await page.getByRole('dialog').count()).toBe(1);
  expect(page.faults).toEqual([]);
});

test('while Redis is away the cards stay, grey, and come back by themselves; a new visitor is told', async () => {
  const page = await openPage(browser, web.url);
  const before = await names(page);
  const one = await openPage(browser, `${web.url}/functions/a-runs`);
  await one.locator('.plot canvas').first().waitFor();
  const state = () => one.locator('[data-state]').getAttribute('data-state');
  const ink = () =>
    one
      .locator('.fig')
      .first()
      .evaluate((figure) => getComputedStyle(figure).color);
  const black = await ink();
  expect(await state()).toBe('live');
  process.kill(web.redis.pid, 'SIGSTOP');
  try {
    await until(() => page.locator('.banner').textContent()).toMatch(
      /^Redis unreachable since \d\d:\d\d:\d\d, showing/,
    );
    expect(await names(page)).toEqual(before);
    expect(await page.locator('main.old').count()).toBe(1);
    // What it did is not known to be so still, however fresh its data was.
    await until(() => one.locator('.banner').textContent()).toMatch(/^Redis unreachable since/);
    expect([await state(), (await ink()) === black]).toEqual(['stale', false]);
    expect(await one.locator('[data-state]').textContent()).toMatch(/^Stale · /);
    const visitor = await openPage(browser, web.url);
    await until(() => visitor.locator('.banner').textContent()).toMatch(/^Redis unreachable\. Nothing can be shown/);
    expect(await axeFindings(visitor)).toEqual([]);
    process.kill(web.redis.pid, 'SIGCONT');
    for (const each of [page, visitor]) {
      await until(() => each.locator('.banner').count()).toBe(0);
      await until(() => names(each)).toEqual(before);
    }
    await until(state).toBe('live');
    expect(await ink()).toBe(black);
  } finally {
    process.kill(web.redis.pid, 'SIGCONT');
  }
});

/** Lets a second go by in the page before each look. */
const passing = (page: Page, check: () => Promise<unknown>) =>
  expect.poll(
    async () => {
      await page.clock.runFor(1_000);
      return await check();
    },
    { timeout: 60_000, interval: 50 },
  );

/** A wall by a clock of its own, once it is alive. */
async function openWall(page: Page): Promise<void> {
  await page.clock.install();
  const alive = page.waitForResponse((response) => response.url().includes('/api/v1/overview'));
  await page.goto(`${web.url}/?kiosk`);
  await alive;
  await page.evaluate(() => Reflect.set(window, 'isTheSame', true));
}

/** Whether the page has been loaded anew since it was opened. */
async function isAnother(page: Page): Promise<boolean> {
  await page.waitForLoadState();
  return await page.evaluate(() => Reflect.get(window, 'isTheSame') === undefined);
}

describe('on a wall', () => {
  test('there is nothing but the functions, they fill the screen, and Escape leads back', async () => {
    const page = await openPage(browser, `${web.url}/?kiosk`);
    await until(() => page.locator('.wall-grid .cell').count()).toBe(5);
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    expect(await page.getByRole('searchbox').count()).toBe(0);
    const fits = () => page.evaluate(() => document.documentElement.scrollHeight <= window.innerHeight);
    await until(fits).toBe(true);
    const cursor = () => page.locator('.wall').evaluate((wall) => getComputedStyle(wall).cursor);
    expect(await cursor()).toBe('none');
    await page.mouse.move(300, 300);
    await until(cursor).toBe('auto');
    await page.keyboard.press('Escape');
    await page.waitForURL(`${web.url}/`);
    expect(page.faults).toEqual([]);
  });

  test('functions that have no room come in turn', async () => {
    const page = await openPage(browser, 'about:blank', { viewport: { width: 640, height: 480 } });
    await openWall(page);
    const seen = new Set<string>();
    await passing(page, async () => {
      const shown = await names(page);
      if (shown.length < 5) for (const name of shown) seen.add(name);
      return [...seen].sort();
    }).toEqual(['a-runs', 'b-fails', 'c-old', 'd-off', 'e-waits']);
  });

  test('a lost connection is said in large letters, and the screen starts anew once it is back', async () => {
    const page = await openPage(browser, 'about:blank');
    await openWall(page);
    const looked = page.waitForEvent('requestfailed', (request) => request.url().endsWith('/?kiosk'));
    await page.context().setOffline(true);
    await passing(page, () => page.locator('.banner').textContent()).toMatch(/^Connection lost since/);
    expect(await page.locator('main.old').count()).toBe(1);
    await page.clock.runFor(60_000);
    await looked;
    await page.context().setOffline(false);
    await passing(page, () => isAnother(page)).toBe(true);
    await passing(page, () => page.locator('.banner').count()).toBe(0);
  });

  test('another build of the pages is loaded by itself, and the same one is not', async () => {
    const page = await openPage(browser, 'about:blank');
    await openWall(page);
    const looked = page.waitForResponse((response) => response.url() === `${web.url}/?kiosk`);
    await page.clock.runFor(61_000);
    await (await looked).finished();
    expect(await isAnother(page)).toBe(false);
    await page.route(
      (url) => url.search === '?kiosk',
      async (route) => {
        const response = await route.fetch();
        const text = await response.text();
        const isLook = route.request().resourceType() === 'fetch';
        const other = text.replace('</body>', '<script src="/new.js"></script></body>');
        await route.fulfill({ response, body: isLook ? other : text });
      },
    );
    await passing(page, () => isAnother(page)).toBe(true);
  });

  test('one function fills the screen with its charts', async () => {
    const page = await openPage(browser, `${web.url}/functions/a-runs?kiosk`);
    // Painted where the page is alive: before that, nobody hears a key.
    await page.locator('.plot canvas').first().waitFor();
    expect(await page.getByRole('table').first().isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: 'Pause' }).isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThanOrEqual(900);
    await page.keyboard.press('Escape');
    await page.waitForURL(`${web.url}/functions/a-runs`);
  });
});

describe.each(VIEWS)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test.each(['/', '/?q=zzz', '/?kiosk', '/functions/a-runs?kiosk'])('%s fits, and axe finds nothing', async (path) => {
    const page = await openPage(browser, web.url + path, { viewport: { width, height: 900 }, colorScheme });
    await page.locator('main .cell, main .empty, main .plot').first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(page.faults).toEqual([]);
  });
});

test('in Portuguese', async () => {
  const page = await openPage(browser, web.url, { locale: 'pt-BR' });
  expect(await page.locator('main').textContent()).toContain('1 com falhas');
  expect(await cell(page, 'c-old').textContent()).toMatch(/sem resultado há \d+ min/);
});

describe('a time in which nothing ran', () => {
  const rows = (page: Page) => page.locator('.events li').allTextContents();
  const row = (page: Page, text: string | RegExp) => page.locator('.events li').filter({ hasText: text });
  /** Where bands without data begin, in percent of the first chart. */
  const bands = (page: Page) =>
    page
      .locator('.plot')
      .first()
      .locator('.band.none')
      .evaluateAll((all) => all.map((band) => parseFloat(band.style.left)));

  test('is drawn and listed where a function is called more often than its input changes, and leads there', async () => {
    const { redis, keys } = web.ctx;
    const input = { changedAt: null, everyMs: 5_000, digest: null, problem: null };
    await seedFunctions(web.ctx, [{ name: 'g-hole', state: { periodMs: 1_000, input }, forMs: 300_000 }]);
    const key = keys.history('g-hole');
    const end = Date.now() - 100_000;
    const missing = (await redis.xrange(key, end - 9_000, end)).map(([id]) => id);
    await redis.xdel(key, ...missing);
    const address = `${web.url}/functions/g-hole?range=5m`;

    const still = await openPage(browser, address, { javaScriptEnabled: false });
    expect((await bands(still)).filter((left) => left > 50 && left < 70)).toHaveLength(1);
    expect(await rows(still)).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\d to \d\d:\d\d:\d\dNo data for 1[01] s/)]);
    await row(still, 'No data for').getByRole('link', { name: 'Zoom in' }).click();
    const shown = new URL(still.url()).searchParams;
    expect(Number(shown.get('to')) - Number(shown.get('from'))).toBeLessThan(30_000);
    expect(await bands(still)).toHaveLength(1);

    const page = await openPage(browser, address, { locale: 'pt-BR' });
    await until(() => page.locator('.plot canvas').count()).toBeGreaterThan(0);
    await row(page, /Sem dados por 1[01] s/)
      .getByRole('link', { name: 'Ampliar' })
      .click();
    await until(async () => new URL(page.url()).searchParams.has('from')).toBe(true);
    await page.getByRole('button', { name: 'Ver última execução' }).click();
    await until(() => page.locator('#tick').count()).toBe(1);
    const [at = ''] = (new URL(page.url()).searchParams.get('tick') ?? '').split('-');
    expect(Math.abs(Number(at) - (end - 9_000))).toBeLessThan(2_000);
    expect(page.faults).toEqual([]);
  });

  test('goes on until something comes, also where it is all that the range has', async () => {
    await seedFunctions(web.ctx, [{ name: 'h-silent', untilMs: 400_000 }]);
    const address = `${web.url}/functions/h-silent?range=5m`;
    const still = await openPage(browser, address, { javaScriptEnabled: false });
    expect(await rows(still)).toEqual([expect.stringMatching(/^\d\d:\d\d:\d\dNo data for 6 min, still going/)]);
    expect(await bands(still)).toEqual([0]);
    const page = await openPage(browser, address);
    await until(() => page.locator('.plot canvas').count()).toBeGreaterThan(0);
    await addTickNow(web.ctx, 'h-silent', { load: 3 });
    await until(() => rows(page)).toEqual([expect.stringMatching(/to \d\d:\d\d:\d\dNo data for 6 min(?!, still)/)]);
    expect(page.faults).toEqual([]);
  });
});

test.each([
  ['en', 'Version 3 does not load. RuntimeError: no load. Until it does, v2 runs.'],
  ['pt-BR', 'A versão 3 não carrega. RuntimeError: no load. Até lá, v2 é executada.'],
])(
  'code that does not load is told in whole sentences, with the version that runs in its place, in %s',
  async (locale, said) => {
    const name = `rejects-${locale.toLowerCase()}`;
    const rejected = { version: 3, failure: { kind: 'init', message: 'RuntimeError: no load' } } as const;
    await seedFunctions(web.ctx, [{ name, state: { rejected, versionNumber: 2, source: 'uploaded', input: SLOW } }]);
    const page = await openPage(browser, `${web.url}/functions/${name}`, { locale });
    expect((await page.locator('.banner').textContent())?.trim()).toBe(said);
  },
);

test.each([
  ['a-runs', 'now'],
  ['c-old', 'last'],
  ['d-off', 'last'],
])('the value beside the curve of %s is that of %s', async (name, of) => {
  const page = await openPage(browser, `${web.url}/functions/${name}?range=15m`, { javaScriptEnabled: false });
  expect(await page.locator('.legend.one .note').first().textContent()).toBe(of);
});
