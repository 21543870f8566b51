import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFindings } from './support/axe.ts';
import { faultsOf, launchBrowser, openPage } from './support/browser.ts';
import { type SeededWeb, startSeededWeb } from './support/seeded-web.ts';

const FAILURE = "KeyError: 'virtual_memory-cached is not among what the collector of this machine has written'";
/** More of them than a table shows at first, and than there are charts. */
const RESULT = {
  latency_ms: 200.4,
  oldest_seconds: 7_380,
  temperature_celsius: 51.5,
  disk_read_bytes_per_second: 3.67e6,
  cache_hit_ratio: 0.931,
  power_watts: 143.25,
  ...Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`queue_${index}`, index])),
};

let browser: Browser;
let web: SeededWeb;

beforeAll(async () => {
  browser = await launchBrowser();
  web = await startSeededWeb([
    { name: 'units', forMs: 600_000, tick: (index) => (index >= 60 && index < 63 ? FAILURE : RESULT) },
    {
      name: 'machine',
      tick: (index) => ({
        'avg-util-cpu0-60sec': 9 + (index % 7),
        'percent-memory-caching': 21,
        'percent-network-egress': 8,
      }),
    },
  ]);
});
afterAll(async () => {
  await web[Symbol.asyncDispose]();
  await browser.close();
});

const until = (check: () => unknown) => expect.poll(check, { timeout: 30_000 });
const open = (path: string, options: BrowserContextOptions = {}) => openPage(browser, web.url + path, options);
const UNITS = '/functions/units';
const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });
const table = (page: Page) => page.getByRole('table', { name: 'Results' });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error('it is not there');
  return box;
}

test('a series whose name tells its unit has it as a figure, on its axis and in the table', async () => {
  const page = await open(`${UNITS}?range=15m`, { javaScriptEnabled: false });
  const titles = await table(page).locator('thead th').allTextContents();
  const cells = await table(page).locator('tbody tr').first().locator('td').allTextContents();
  for (const [name, text, unit] of [
    ['latency_ms', '200.4', 'ms'],
    ['oldest_seconds', '2.05', 'h'],
    ['temperature_celsius', '51.50', '°C'],
    ['disk_read_bytes_per_second', '3.50', 'MiB/s'],
    ['cache_hit_ratio', '93.1', '%'],
    ['power_watts', '143.3', 'W'],
  ] as const) {
    const figure = await page.locator(`.fig[data-series="${name}"]`).textContent();
    expect([name, figure]).toEqual([name, text + unit]);
    // The second is told beside the title.
    const axis = unit.replace('/s', '');
    expect(await panel(page, name).locator('.yt').last().textContent()).toMatch(new RegExp(` ${axis}$`));
    if (axis !== unit) expect(await panel(page, name).locator('.head').textContent()).toContain('per second');
    expect(cells[titles.indexOf(name)]).toMatch(new RegExp(`^${text}\\d* ${unit}$`));
  }
  await page.context().close();
});

test('the table says how many series it has no room for, and shows them; on paper they are said to be left out', async () => {
  const page = await open(UNITS);
  const titles = () => table(page).locator('thead th').allTextContents();
  await page.getByRole('button', { name: 'Show 8 more columns' }).click();
  await until(titles).toEqual(['Time', ...Object.keys(RESULT), 'Duration', 'Lag', 'Version']);
  expect(await table(page).locator('tbody tr').first().locator('td').count()).toBe(20);
  await page.getByRole('button', { name: 'Show fewer columns' }).click();
  await until(async () => (await titles()).length).toBe(12);
  expect(await page.getByText('8 more columns are left out.').isVisible()).toBe(false);
  await page.emulateMedia({ media: 'print' });
  for (const said of ['8 more columns are left out.', '4 more charts are left out.', 'Older results are left out.'])
    expect([said, await page.getByText(said).isVisible()]).toEqual([said, true]);
  expect(faultsOf(page)).toEqual([]);

  const still = await open(UNITS, { javaScriptEnabled: false });
  expect(await still.getByText('8 more columns are left out.').isVisible()).toBe(true);
  for (const each of [page, still]) await each.context().close();
});

test('what happened is listed over the whole width, and an error is cut only where there is no room', async () => {
  const page = await open(UNITS);
  const events = page.getByRole('list', { name: 'Events' });
  const said = events.getByText(FAILURE);
  await said.waitFor();
  const [whole, list] = [await boxOf(page.locator('.charts')), await boxOf(events)];
  expect(list.width).toBeGreaterThan(whole.width - 4);
  const isCut = () =>
    said.evaluate((element) => {
      const line = element.closest('.what');
      return line === null || line.scrollWidth > line.clientWidth || line.scrollHeight > line.clientHeight + 1;
    });
  expect(await isCut()).toBe(false);
  await events.getByRole('button', { name: 'View tick' }).click();
  await page.getByRole('heading', { name: 'Failure' }).waitFor();
  expect(await isCut(), 'beside the inspector').toBe(false);
  await page.context().close();
});

test('on a phone a title and what is said beside it are whole', async () => {
  const page = await open('/functions/machine', { viewport: { width: 390, height: 844 }, locale: 'pt-BR' });
  const heads = page.locator('.panel:has(.chart) > .head');
  await until(() => heads.count()).toBe(3);
  const cut = await heads
    .locator('h2, .small')
    .evaluateAll((all) =>
      all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth).map((each) => each.textContent),
    );
  expect(cut).toEqual([]);
  expect(await page.getByText('enviado / (enviado + recebido)').isVisible()).toBe(true);
  await page.context().close();
});

test.each([
  { width: 1440, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)(
  'at $width px, $colorScheme, all columns and the failed tick: axe finds nothing',
  async ({ width, colorScheme }) => {
    const page = await open(UNITS, { viewport: { width, height: 900 }, colorScheme });
    await page.getByRole('button', { name: 'Show 8 more columns' }).click();
    await page.getByRole('button', { name: 'View tick' }).click();
    await page.getByRole('heading', { name: 'Failure' }).waitFor();
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    await page.context().close();
  },
);

/** Where the focus is, in words. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });

/** Walks through a page with Tab alone, from where it begins; fails where the focus cannot be seen or does not get on. */
async function tabThrough(page: Page): Promise<{ unseen: string[]; missed: string[] }> {
  const unseen: string[] = [];
  const most = await page.locator('a, button, input, select, summary, [tabindex]').count();
  for (let presses = 0; presses <= most; presses++) {
    await page.keyboard.press('Tab');
    const step = await page.evaluate(() => {
      const element = document.activeElement;
      if (!(element instanceof HTMLElement) || element === document.body) return null;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { top, bottom, left, right } = element.getBoundingClientRect();
      const isInWindow = bottom > 0 && top < window.innerHeight && right > 0 && left < window.innerWidth;
      element.dataset.walked = '';
      const isOutlined = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      // A field has a thicker border instead.
      const isSeen = isInWindow && (isOutlined || boxShadow !== 'none');
      return isSeen ? '' : element.outerHTML.slice(0, 80);
    });
    // Past the last one the browser's own controls have their turn.
    if (step === null) break;
    if (step !== '') unseen.push(step);
  }
  const missed = await page
    .locator(':is(a[href], button:enabled, input, select, summary, [tabindex="0"]):not([data-walked]):visible')
    .evaluateAll((all) => all.map(({ outerHTML }) => outerHTML.slice(0, 80)));
  return { unseen, missed };
}

describe('with the keyboard alone', () => {
  test.each([
    ['the overview', '/', 1440],
    ['the live page', UNITS, 1440],
    ['the live page on a phone', UNITS, 390],
  ])('%s: Tab leads everywhere, visibly, and out again', async (_name, path, width) => {
    const page = await open(path, { viewport: { width, height: 900 } });
    await page
      .locator(path === '/' ? '.cell' : 'canvas')
      .first()
      .waitFor();
    expect(await tabThrough(page)).toEqual({ unseen: [], missed: [] });
    await page.context().close();
  });

  test('the inspector is on the way, too', async () => {
    const page = await open(UNITS);
    await page.getByRole('button', { name: 'View tick' }).click();
    await page.getByRole('heading', { name: 'Failure' }).waitFor();
    await page.reload();
    await page.locator('canvas').first().waitFor();
    expect(await tabThrough(page)).toEqual({ unseen: [], missed: [] });
    await page.context().close();
  });

  test('Escape closes what was opened last, and leads back to what opened it', async () => {
    const page = await open(UNITS);
    const inspector = page.locator('aside.inspector');
    const opener = page.getByRole('button', { name: 'View tick' });
    const openInspector = async () => {
      await opener.focus();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Failure' }).waitFor();
    };
    await openInspector();
    await page.keyboard.press('Escape');
    await until(() => inspector.count()).toBe(0);
    await until(() => focused(page)).toBe('View tick');

    await openInspector();
    const menu = page.locator('#export-menu');
    const form = page.locator('.rangeform');
    for (const [of, it] of [
      ['Export', menu],
      ['Choose a range', form],
    ] as const) {
      await page.locator('.bar :is(button, summary)', { hasText: of }).focus();
      await page.keyboard.press('Enter');
      await it.waitFor();
      await page.keyboard.press('Escape');
      await it.waitFor({ state: 'hidden' });
      expect([await inspector.count(), await focused(page)]).toEqual([1, of]);
    }
    const chart = page.getByRole('slider').first();
    await chart.focus();
    for (const key of ['End', 'Shift+PageUp']) await page.keyboard.press(key);
    await page.locator('.brush').waitFor();
    for (const key of ['Escape', 'Escape']) await page.keyboard.press(key);
    expect([await page.locator('.brush').count(), await page.locator('.vline.cross').count()]).toEqual([0, 0]);
    expect(await inspector.count()).toBe(1);
    await page.keyboard.press('Escape');
    await until(() => inspector.count()).toBe(0);
    expect(await focused(page), 'the reader was elsewhere already').toBe('latency_ms, chart');
    expect(faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});

test('a range is asked for in Portuguese, far from UTC: what is wrong is said beside its field', async () => {
  const page = await open(UNITS, { locale: 'pt-BR', timezoneId: 'Asia/Kolkata' });
  const now = Date.now();
  const day = 86_400_000;
  const fields = { from: page.getByLabel('De', { exact: true }), to: page.getByLabel('Até') };
  // Five and a half hours ahead of UTC.
  const local = (ago: number) => new Date(now - ago + 19_800_000).toISOString().slice(0, 19);
  const ask = async (from: string, to: string) => {
    if (!(await fields.from.isVisible())) await page.locator('summary', { hasText: 'Escolher um período' }).click();
    await fields.from.fill(from);
    await fields.to.fill(to);
    await page.keyboard.press('Enter');
  };
  const said = (field: Locator) => field.locator('xpath=following-sibling::p').textContent();
  for (const [from, to, field, problem] of [
    [local(60_000), local(300_000), 'from', 'O início deve ser antes do fim.'],
    [local(day), local(-day), 'to', 'Isto está no futuro.'],
    [local(40 * day), local(day), 'from', 'Um período tem no máximo 31 dias.'],
    ['', '', 'to', 'Informe uma data e uma hora.'],
  ] as const) {
    await ask(from, to);
    await until(() => said(fields[field])).toBe(problem);
    expect(await fields[field].getAttribute('aria-invalid')).toBe('true');
    const given = [await fields.from.inputValue(), await fields.to.inputValue()];
    expect(given, 'what was typed is still there').toEqual([from, to]);
  }
  expect(await axeFindings(page)).toEqual([]);

  await ask(local(300_000), local(60_000));
  await until(() => page.locator('[data-state]').first().getAttribute('data-state')).toBe('fixed');
  const { searchParams } = new URL(page.url());
  const whole = (at: number) => Math.floor(at / 1_000) * 1_000;
  expect([searchParams.get('from'), searchParams.get('to')]).toEqual(
    [now - 300_000, now - 60_000].map((at) => `${whole(at)}`),
  );
  await until(() => focused(page)).toBe('Escolher um período');
  await ask(local(60 * day), local(59 * day));
  await page.getByRole('heading', { name: 'Sem dados neste período' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  expect(faultsOf(page)).toEqual([]);
  await page.context().close();
});

test('whoever is sent a link sees the same: the times, the look and the tick', async () => {
  const page = await open(`${UNITS}?range=15m&view=json&charts=all`, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await page.getByRole('slider').nth(15).waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Copy link to this view' }).click();
  await page.getByRole('button', { name: 'Link copied' }).waitFor();
  const guest = await openPage(browser, await copied(), { locale: 'pt-BR', timezoneId: 'Asia/Kolkata' });
  const [from, to] = ['from', 'to'].map((end) => new URL(guest.url()).searchParams.get(end));
  const chart = guest.getByRole('slider').nth(15);
  expect([await chart.getAttribute('aria-valuemin'), await chart.getAttribute('aria-valuemax')]).toEqual([from, to]);
  expect(await guest.locator('.said-json > li').count()).toBeGreaterThan(0);

  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'View tick' }).click();
  await page.getByRole('heading', { name: 'Failure' }).waitFor();
  await page.getByRole('button', { name: 'Link to this tick' }).click();
  await until(copied).toContain('tick=');
  const other = await openPage(browser, await copied());
  await other.getByRole('heading', { name: 'Failure' }).waitFor();
  expect(await other.locator('#tick').textContent()).toBe(await page.locator('#tick').textContent());
  expect([page, guest, other].map(faultsOf)).toEqual([[], [], []]);
  for (const each of [page, guest, other]) await each.context().close();
});
