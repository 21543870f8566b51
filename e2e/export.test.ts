import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exportedHistory } from '#lib/schemas/export';
import { axeFindings, VIEWS } from './support/axe.ts';
import { browserSuite } from './support/browser-suite.ts';
import { type SeededWeb, startSeededWeb } from './support/seeded-web.ts';
import { until } from './support/until.ts';

/** More rows in 15 minutes than a chart has points. */
const PERIOD_MS = 1_000;
const pages = browserSuite();
let web: SeededWeb;

beforeAll(async () => {
  web = await startSeededWeb([
    {
      name: 'machine',
      state: { periodMs: PERIOD_MS },
      forMs: 1_200_000,
      tick: (i) =>
        i >= 600 && i < 610 ? 'no such sensor' : { 'avg-util-cpu0-60sec': i % 100, 'avg-util-cpu1-60sec': 50, load: i },
    },
    { name: 'other' },
    {
      name: 'many',
      tick: (i) =>
        Object.fromEntries(Array.from({ length: 40 }, (_, cpu) => [`avg-util-cpu${cpu}-60sec`, (i + cpu) % 100])),
    },
  ]);
});
afterAll(() => web[Symbol.asyncDispose]());

const open = (options = {}) => pages.open(`${web.url}/functions/machine`, options);

async function downloaded(page: Page, click: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()]);
  return { name: download.suggestedFilename(), content: readFileSync(await pathOf(download)) };
}
const pathOf = async (download: Download) => await download.path();
const menu = (page: Page) => page.getByRole('button', { name: 'Export' }).click();

test('CSV and JSON hold every row of the range that is shown', async () => {
  const page = await open();
  await menu(page);
  const csv = await downloaded(page, () => page.getByRole('link', { name: 'Download CSV' }).click());
  expect(csv.name).toMatch(/^machine_\d{4}-\d\d-\d\dT\d{6}Z_\d{4}-\d\d-\d\dT\d{6}Z\.csv$/);
  const lines = csv.content.toString().split('\r\n');
  expect(lines[0]).toBe('time,avg-util-cpu0-60sec,avg-util-cpu1-60sec,load,duration_ms,lag_ms,version,failure');
  expect(lines.length).toBeGreaterThan(890);
  expect(lines.length).toBeLessThan(905);
  const json = await downloaded(page, () => page.getByRole('link', { name: 'Download JSON' }).click());
  expect(json.name).toMatch(/^machine_.*\.json$/);
  const { rows, tier } = exportedHistory.parse(JSON.parse(json.content.toString()));
  expect([tier, rows.length]).toEqual(['raw', lines.length - 2]);
  expect(page.faults).toEqual([]);
});

test('without JavaScript what is shown can be downloaded too', async () => {
  const page = await open({ javaScriptEnabled: false });
  await menu(page);
  const { content } = await downloaded(page, () => page.getByRole('link', { name: 'Download CSV' }).click());
  expect(content.toString().split('\r\n').length).toBeGreaterThan(890);
});

test('the copied link has the times that are shown', async () => {
  const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] });
  const shown = await page.getByRole('slider').first().getAttribute('aria-valuemax');
  await menu(page);
  await page.getByRole('button', { name: 'Copy link to this view' }).click();
  await until(() => page.getByRole('button', { name: 'Link copied' }).count()).toBe(1);
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  const [from, to] = ['from', 'to'].map((name) => Number(link.searchParams.get(name)));
  expect(link.pathname).toBe('/functions/machine');
  expect((to ?? 0) - (from ?? 0)).toBeCloseTo(900_000, -2);
  expect(Math.abs((to ?? 0) - Number(shown))).toBeLessThan(60_000);
});

test.each(['light', 'dark'] as const)(
  'a chart becomes a picture with its legend, axes and labels, %s as it is shown',
  async (colorScheme) => {
    const page = await open({ colorScheme });
    await page.locator('canvas').first().waitFor();
    const button = page.getByRole('button', { name: 'Save Moving average per CPU as PNG' });
    await button.focus();
    const { name, content } = await downloaded(page, () => page.keyboard.press('Enter'));
    expect(name).toMatch(/^machine_Moving-average-per-CPU_.*Z\.png$/);
    const colours = await page.evaluate(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      const pen = canvas.getContext('2d');
      pen?.drawImage(image, 0, 0);
      const { data } = pen?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
      const seen = new Set<string>();
      for (let at = 0; at < data.length; at += 4) seen.add(`${data[at]},${data[at + 1]},${data[at + 2]}`);
      return { width: image.width, corner: `${data[0]},${data[1]},${data[2]}`, seen: [...seen] };
    }, content.toString('base64'));
    const plot = await page.locator('.plot').first().boundingBox();
    expect(colours.width).toBeGreaterThan(2 * (plot?.width ?? 0));
    expect(colours.corner).toBe(colorScheme === 'light' ? '255,255,255' : '20,23,28');
    // The colours of both curves, and of the words that ten ticks failed.
    const drawn =
      colorScheme === 'light' ? ['33,101,185', '159,56,0', '179,38,30'] : ['53,132,230', '209,97,0', '255,138,131'];
    expect(colours.seen).toEqual(expect.arrayContaining(drawn));
    expect(page.faults).toEqual([]);
  },
);

describe('on paper', () => {
  test('curves are drawn anew, in light colours, under what they are of; controls are gone', async () => {
    const page = await open({ colorScheme: 'dark' });
    await page.locator('canvas').first().waitFor();
    await page.emulateMedia({ media: 'print' });
    await until(() => page.locator('.plot > svg path').count()).toBeGreaterThan(1);
    expect(await page.locator('canvas').first().isVisible()).toBe(false);
    expect(await page.locator('.print-header').textContent()).toMatch(
      /^machine.*printed .*\d{4}.*\/functions\/machine$/,
    );
    for (const name of ['Export', 'Pause', 'Save load as PNG']) {
      expect([name, await page.getByRole('button', { name }).count()]).toEqual([name, 0]);
    }
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    await page.emulateMedia({ media: 'screen' });
    await until(() => page.locator('.plot > svg').count()).toBe(0);
    expect(page.faults).toEqual([]);
  });

  test('what is painted and has no other drawing is there, in light colours, and nothing of the focus', async () => {
    const page = await pages.open(`${web.url}/functions/many`, { colorScheme: 'dark' });
    const heat = page.locator('.cputimes canvas');
    /** How light the middle of the picture is. */
    const light = () =>
      heat.evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) throw new Error('no canvas');
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
        const painted = Array.from({ length: data.length / 4 }, (_, at) => at * 4).filter((at) => data[at + 3] === 255);
        return painted.reduce((most, at) => Math.max(most, Math.min(...data.slice(at, at + 3))), 0);
      });
    await until(light).toBeGreaterThan(0);
    const onScreen = await light();
    const slider = page.getByRole('slider').first();
    await slider.focus();
    await page.keyboard.press('ArrowLeft');
    await page.emulateMedia({ media: 'print' });
    expect(await heat.isVisible()).toBe(true);
    await until(light).toBeGreaterThan(onScreen);
    expect(await slider.evaluate((plot) => getComputedStyle(plot).outlineStyle)).toBe('none');
  });

  test('nothing is wider than the sheet', async () => {
    const page = await open();
    const pdf = await page.pdf({ format: 'A4' });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.setViewportSize({ width: 700, height: 1_000 });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(700);
  });
});

test.each(['screen', 'print'] as const)('a time at the very end of a chart ends with it, on %s', async (media) => {
  // Whatever is between two times, one of them is then at the end.
  const to = Math.floor(Date.now() / 600_000) * 600_000;
  const page = await pages.open(`${web.url}/functions/machine?from=${to - 600_000}&to=${to}`, {
    // On a narrower one, every second time is left out, maybe the last.
    viewport: { width: 700, height: 900 },
  });
  await page.emulateMedia({ media });
  const ends = await page
    .locator('.xaxis')
    .evaluateAll((axes) =>
      axes.map(
        (axis) =>
          axis.getBoundingClientRect().right -
          Math.max(...[...axis.children].map((time) => time.getBoundingClientRect().right)),
      ),
    );
  expect(ends.length).toBeGreaterThan(1);
  expect(ends.map(Math.round)).toEqual(ends.map(() => 0));
});

test.each(VIEWS)(
  'at $width px, $colorScheme, the open menu fits, and axe finds nothing',
  async ({ width, colorScheme }) => {
    const page = await open({ viewport: { width, height: 900 }, colorScheme });
    await menu(page);
    const box = await page.locator('#export-menu').boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
    expect(await axeFindings(page)).toEqual([]);
    expect(page.faults).toEqual([]);
  },
);
