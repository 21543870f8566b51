import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysFor } from '#lib/keys';
import { ADMIN, ADMIN_PASSWORD, fillSignIn, headersOf, pathOf, signIn } from './support/accounts.ts';
import { axeFindings } from './support/axe.ts';
import { faultsOf, launchBrowser, openPage } from './support/browser.ts';
import { codeIn } from './support/settings-controls.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const PATH = '/functions/default';
const codeThat = (prints: string) => `import os
def handler(input, context):
    print(${prints})
    level = 100 / input["level"]
    return {"cpu_percent-0_avg60": level, "level": level, "pid": os.getpid()}
`;

const scratch = mkdtempSync(join(tmpdir(), 'vigia-inspector-'));
const keys = keysFor('vigia:');
let browser: Browser;
let vigia: Vigia;

beforeAll(async () => {
  const file = join(scratch, 'usermodule.py');
  writeFileSync(file, codeThat('"level is", input["level"]'));
  browser = await launchBrowser();
  vigia = await Vigia.start({
    ADMIN_PASSWORD,
    COLLECT: 'off',
    FUNCTION_PATH: file,
    REDIS_OUTPUT_KEY: 'out',
    MONITORING_PERIOD: '0.5',
  });
  await vigia.redis.set('metrics', '{"level": 10, "unit": "m", "only before": 1}');
});
afterAll(async () => {
  await vigia[Symbol.asyncDispose]();
  await browser.close();
  rmSync(scratch, { recursive: true });
});

async function api(method: string, path: string, body?: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${vigia.url}/api/v1${path}`, { method, headers: headersOf(ADMIN), ...sent });
  expect(response.ok, `${method} ${path}: ${response.status}`).toBe(true);
  return response;
}

const inspector = (page: Page) => page.locator('aside.inspector');
const part = (page: Page, title: string) =>
  page.locator('.part').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
const events = (page: Page) => page.getByRole('list', { name: 'Events' });
const textOf = (page: Page) => inspector(page).textContent();

async function asAdmin(): Promise<Page & { faults: string[] }> {
  const page = await openPage(browser, `${vigia.url}/signin`);
  await signIn(page, vigia, { next: PATH });
  return page;
}

/** Has the function fail for a tick or some more. */
async function failForAWhile(): Promise<void> {
  const { redis } = vigia;
  await redis.set('metrics', '{"level": 0}');
  await until(() => redis.get(keys.functionState('default'))).toContain('ZeroDivisionError');
  await redis.set('metrics', '{"level": 20}');
}

/** The newest of them. */
const failureOn = (page: Page) => events(page).getByRole('listitem').filter({ hasText: 'ZeroDivisionError' }).first();

/** Writes another input, and opens the first tick that was called with it. */
async function openChangedTick(page: Page, input: { level: number; [key: string]: unknown }): Promise<void> {
  const level = 100 / input.level;
  await vigia.redis.set('metrics', JSON.stringify(input));
  await until(() => page.locator('.fig[data-series="level"]').textContent()).toBe(`${level}`);
  await page
    .getByRole('row')
    .filter({ hasText: `${level}` })
    .nth(0)
    .waitFor();
  const { results } = await (await api('GET', `${PATH}/results?limit=50`)).json();
  const first = results.findLast(({ result }: { result?: string }) => result?.includes(`"level": ${level}`));
  await page.locator(`tr:has(time[datetime="${new Date(first.at).toISOString()}"]) .tick`).click();
}

test('a row opens its tick with input, result, log and what differs from the one before; the address shows the same again', async () => {
  const page = await asAdmin();
  await until(() => page.locator('.fig[data-series="level"]').textContent()).toMatch(/^10/);
  await openChangedTick(page, { level: 20, unit: 'm', 'only now': [1, 2] });
  await until(() => part(page, 'Log').textContent()).toContain('level is 20');
  expect(await textOf(page)).toMatch(/result written.*v1.*metrics → out/);
  expect(await part(page, 'Result').textContent()).toContain('"level": 5.0');
  expect(await part(page, 'Input').textContent()).toContain('"only now"');
  await until(() => part(page, 'Changed since the previous tick').getByRole('listitem').allTextContents()).toEqual([
    'level10 → 20',
    'only now.0added → 1',
    'only now.1added → 2',
    'only before1 → removed',
  ]);
  expect(pathOf(page)).toMatch(/^\/functions\/default\?tick=\d+-\d+$/);
  const shown = await page.locator('#tick').textContent();

  await page.reload();
  await until(() => part(page, 'Log').textContent()).toContain('level is 20');
  expect(await page.locator('#tick').textContent()).toBe(shown);
  const html = await (await fetch(page.url())).text();
  expect(html).toContain('Tick at');
  expect(html).not.toContain('level is 20');
  expect(faultsOf(page)).toEqual([]);
});

test('a click on a chart opens the tick under the pointer; the keyboard steps through, closes it and is where it was', async () => {
  const page = await openPage(browser, vigia.url + PATH);
  const chart = page.getByRole('slider').first();
  await chart.waitFor();
  await until(() => page.getByRole('row').count()).toBeGreaterThan(6);
  await chart.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Enter');
  await until(() => textOf(page)).toContain('result written');
  await until(async () => pathOf(page)).toMatch(/\?tick=\d+-\d+$/);
  const first = pathOf(page);
  const after = async (...pressed: string[]) => {
    await page.evaluate((all) => {
      // At once, as a quick hand does: a second key comes while the page still shows what the first one leaves.
      for (const key of all)
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    }, pressed);
    return pathOf(page);
  };
  await until(() => after('ArrowLeft', 'ArrowRight')).not.toBe(first);
  expect(pathOf(page) < first, 'the one before, not the one after').toBe(true);
  await until(() => after('ArrowRight')).toBe(first);
  await page.keyboard.press('Escape');
  await until(() => inspector(page).count()).toBe(0);
  expect(pathOf(page)).toBe(PATH);
  expect(await chart.evaluate((element) => element === document.activeElement)).toBe(true);

  const box = (await chart.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(box.x + box.width - 4, box.y + box.height / 2);
  await until(() => textOf(page)).toContain('result written');
  expect(await part(page, 'Log').textContent()).toContain('Sign in to see what it printed.');
  await page.goBack();
  await until(() => inspector(page).count()).toBe(0);
  expect(faultsOf(page)).toEqual([]);
});

test('a deploy, a setting and a restart appear while one looks, with who did it and the way there', async () => {
  const page = await asAdmin();
  const stranger = await openPage(browser, vigia.url + PATH);
  await until(() => page.locator('.fig[data-series="level"]').textContent()).not.toBe('–');

  await api('PATCH', `${PATH}/settings`, { timeoutMs: 4_000 });
  await until(() => events(page).textContent()).toContain('Timeout changed from 10 s to 4 s');
  await until(() => page.locator('.lane .mark.settings').count()).toBe(1);
  await api('PATCH', `${PATH}/settings`, { timeoutMs: 3_000 });
  await until(() => events(page).textContent()).toContain('Timeout changed from 4 s to 3 s');

  const text = codeThat('"the second"');
  await api('POST', `${PATH}/versions`, { language: 'python', text, message: 'Say less' });
  await until(() => page.locator('.label.flag').allTextContents()).toContain('v2');
  const deployed = events(page).getByRole('listitem').filter({ hasText: 'Deployed v2' });
  expect(await deployed.textContent()).toMatch(/Say less.*admin.*View code/);
  await until(() => events(stranger).textContent()).toContain('Deployed v2');
  expect(await events(stranger).textContent()).not.toMatch(/admin|View code|View change/);
  const chart = page.getByRole('slider').first();
  await chart.focus();
  await page.keyboard.press('End');
  await until(() => page.locator('.tip .f').textContent()).toMatch(/^v2 · /);
  await chart.blur();

  const { pid } = JSON.parse((await vigia.redis.get('out')) ?? '{}');
  process.kill(pid, 'SIGKILL');
  await until(() => events(page).textContent()).toContain('Host restarted: it ended');
  expect(await events(page).textContent()).toContain("the function's process was killed by SIGKILL");
  await until(() => page.locator('.lane .mark.restart').count()).toBe(1);

  const changed = events(page).getByRole('listitem').filter({ hasText: 'Timeout changed from 10 s to 4 s' });
  await changed.getByRole('link', { name: 'View change' }).click();
  const entry = page.locator('tr[aria-current]');
  await until(() => entry.allTextContents()).toEqual([expect.stringMatching(/admin.*changed settings.*10 s → 4 s/)]);
  expect(await entry.getAttribute('id')).toBe(new URL(page.url()).hash.slice(1));
  await page.getByRole('link', { name: 'Newest' }).click();
  await until(() => page.locator('tbody').textContent()).toContain('4 s → 3 s');
  expect(await entry.count()).toBe(0);
  await page.goto(vigia.url + PATH);

  await deployed.getByRole('link', { name: 'View code' }).click();
  await page.waitForURL(/settings\?version=2/);
  await until(() => codeIn(page).textContent()).toContain('the second');
  expect([faultsOf(page), faultsOf(stranger)]).toEqual([[], []]);
});

test('a failure leads to its traceback, and its code can be tried on the very input', async () => {
  const page = await asAdmin();
  await failForAWhile();
  await until(() => page.locator('.plot .band:not(.none)').count()).toBeGreaterThan(0);
  const failure = failureOn(page);
  await failure.getByRole('button', { name: 'View traceback' }).click();
  await until(() => part(page, 'Failure').textContent()).toMatch(/ZeroDivisionError: .*line 4, in handler/s);
  const [, version] = (await textOf(page))?.match(/failed.*v(\d+)/) ?? [];
  expect(version).toBeDefined();

  const address = page.url();
  const stranger = await openPage(browser, address);
  await until(() => part(stranger, 'Failure').textContent()).toContain('Sign in to see the traceback.');
  expect(await textOf(stranger)).not.toContain('line 4');
  await stranger.emulateMedia({ media: 'print' });
  expect(await part(stranger, 'Failure').getByText('Sign in', { exact: true }).isVisible()).toBe(true);
  await stranger.emulateMedia({ media: 'screen' });

  await page.getByRole('link', { name: 'Try the code on this input' }).click();
  await page.waitForURL(new RegExp(`settings\\?version=${version}&input=`));
  await until(() => page.getByLabel('JSON that the handler is called with').inputValue()).toBe('{"level": 0}');
  expect(faultsOf(page)).toEqual([]);
});

test('who is not signed in is told so before, and comes back from signing in to this very tick', async () => {
  await failForAWhile();
  const page = await openPage(browser, vigia.url + PATH);
  const failure = failureOn(page);
  await failure.waitFor();
  expect(await failure.getByText('View traceback').count()).toBe(0);
  await failure.getByRole('button', { name: 'View tick' }).click();
  await until(() => part(page, 'Failure').textContent()).toContain('ZeroDivisionError');
  const tick = pathOf(page);
  expect(tick).toMatch(/\?tick=\d+-\d+$/);
  await part(page, 'Failure').getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL(/\/signin\?/);
  await page.goBack();
  await page.locator('header').getByRole('link', { name: 'Sign in' }).click();
  await page.waitForURL(/\/signin\?/);
  await page.goBack();
  await page.getByRole('button', { name: 'Close the inspector' }).click();

  await failure.getByRole('link', { name: 'Sign in for the traceback' }).click();
  await page.waitForURL(/\/signin\?/);
  await fillSignIn(page, 'admin', ADMIN_PASSWORD);
  await until(() => part(page, 'Failure').textContent()).toMatch(/ZeroDivisionError: .*line 4, in handler/s);
  expect(await failure.getByRole('button', { name: 'View traceback' }).count()).toBe(1);
  expect(faultsOf(page)).toEqual([]);
});

test('paper has all of it: every change, and texts in full', async () => {
  const page = await asAdmin();
  await vigia.redis.set('metrics', '{"level": 12.5}');
  await until(() => page.locator('.fig[data-series="level"]').textContent()).toMatch(/^8/);
  const added = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`added ${index}`, index]));
  await openChangedTick(page, { level: 25, ...added });
  await until(() => part(page, 'Changed since the previous tick').getByRole('listitem').count()).toBe(8);
  const { width } = page.viewportSize() ?? { width: 0 };
  await page.setViewportSize({ width: 700, height: 1_000 });
  await page.emulateMedia({ media: 'print' });
  await until(() => part(page, 'Changed since the previous tick').getByRole('listitem').count()).toBe(41);
  expect(await inspector(page).getByRole('button').count()).toBe(0);
  const cut = await inspector(page)
    .locator('*:not(.sr)')
    .evaluateAll((all) =>
      all
        .filter(({ scrollHeight, clientHeight }) => clientHeight > 0 && scrollHeight > clientHeight + 2)
        .map(({ outerHTML }) => outerHTML.slice(0, 100)),
    );
  expect(cut).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(700);
  await page.emulateMedia({ media: 'screen' });
  await page.setViewportSize({ width, height: 900 });
  await until(() => part(page, 'Changed since the previous tick').getByRole('listitem').count()).toBe(8);
  expect(faultsOf(page)).toEqual([]);
});

test('what is not kept any more is said, and where only a stretch of time is known, that is shown', async () => {
  await api('POST', '/functions', { name: 'old', settings: { enabled: false } });
  const minute = Math.floor(Date.now() / 60_000 - 90) * 60_000;
  for (const [second, level] of [
    [0, 1],
    [1, 3],
    [2, 8],
  ] as const) {
    const fields = ['i', 1, 'd', 2, 'l', 3, 'v', 'abc1234', 'r', `{"level": ${level}.0}`];
    await vigia.redis.xadd(keys.history('old'), `${minute + second * 1_000}-0`, ...fields);
  }
  const page = await openPage(browser, `${vigia.url}/functions/old?tick=${minute + 40_000}`);
  await until(() => textOf(page)).toContain('Single ticks are not kept for this long.');
  expect(await inspector(page).getByRole('row').last().textContent()).toBe('level148');
  await page.goto(`${vigia.url}/functions/old?tick=5-0`);
  await until(() => textOf(page)).toContain('This tick is not kept any more.');
  await page.goto(`${vigia.url}/functions/old?tick=${minute}-0`);
  await until(() => textOf(page)).toContain('The input is not kept any more.');
  expect(faultsOf(page)).toEqual([]);
});

test('a function that rests from the first is told as that, not as one whose data is missing', async () => {
  await api('POST', '/functions', { name: 'rests', settings: { inputKey: 'metrics', enabled: false } });
  const page = await openPage(browser, `${vigia.url}/functions/rests`);
  expect(await page.locator('.empty').textContent()).toContain('is not while it is disabled');
  expect(await page.locator('main').textContent()).not.toContain('COLLECT=on');
});

test('code that never loaded is told as that, not as ticks', async () => {
  const code = { language: 'python', text: 'import nowhere\n' };
  await api('POST', '/functions', { name: 'broken', settings: { inputKey: 'metrics' }, code });
  const page = await openPage(browser, `${vigia.url}/functions/broken`);
  await until(() => events(page).textContent()).toMatch(/v1 does not load.*No module named 'nowhere'/);
  await until(() => page.getByText(/tr(y|ies) to load the code failed in (5|15) min/).count()).toBe(1);
  const table = page.getByRole('table', { name: 'Results' });
  const headers = await table.getByRole('columnheader').allTextContents();
  expect(headers).toEqual(['Time', 'Failure', 'Duration', 'Lag', 'Version']);
  const cells = await table.getByRole('row').nth(1).getByRole('cell').allTextContents();
  expect(cells.slice(1)).toEqual(["ModuleNotFoundError: No module named 'nowhere'", '–', '–', 'v1']);
  await table.locator('.tick').first().click();
  await until(() => inspector(page).locator('.facts dd').allTextContents()).toContain('–');
  expect((await inspector(page).locator('.facts dd').allTextContents()).slice(2, 4)).toEqual(['–', '–']);
});

test.each(['light', 'dark'] as const)(
  'nothing of it is out of reach for anybody, in %s colours and both languages',
  async (colorScheme) => {
    const locale = colorScheme === 'dark' ? 'pt-BR' : 'en';
    for (const width of [1440, 390]) {
      const page = await openPage(browser, vigia.url + PATH, { colorScheme, locale, viewport: { width, height: 900 } });
      await page.locator('tr .tick').first().click();
      await inspector(page).locator('.text').first().waitFor();
      expect(await axeFindings(page)).toEqual([]);
      expect(await page.locator('#tick').textContent()).toMatch(locale === 'en' ? /^Tick at/ : /^Execução às/);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      if (process.env.SCREENSHOTS)
        await page.screenshot({
          path: `${process.env.SCREENSHOTS}/inspector-${width}-${colorScheme}.png`,
          fullPage: width === 390,
        });
    }
  },
);
