import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD, pathOf, signIn } from './support/accounts.ts';
import { archiveOf } from './support/archives.ts';
import { faultsOf, launchBrowser, openPage } from './support/browser.ts';
import { type RedisServer, startRedis } from './support/redis-server.ts';
import { Vigia } from './support/vigia.ts';

const PATH = '/functions/default/settings';
const handlerOf = (body: string) => `def handler(input, context):\n    ${body}\n`;
const LEVEL = handlerOf('return {"level": input["level"]}');
const TWICE = handlerOf('return {"level": input["level"] * 2}');

const scratch = mkdtempSync(join(tmpdir(), 'vigia-settings-'));
let browser: Browser;
let redis: RedisServer;
let vigia: Vigia;

beforeAll(async () => {
  const file = join(scratch, 'usermodule.py');
  writeFileSync(file, LEVEL);
  browser = await launchBrowser();
  redis = await startRedis();
  vigia = await Vigia.start({
    REDIS_URL: redis.url,
    ADMIN_PASSWORD,
    FUNCTION_PATH: file,
    MONITORING_PERIOD: '0.5',
  });
  await vigia.redis.set('metrics', '{"level": 10}');
  await vigia.redis.set('other', '{"level": 30}');
});
afterAll(async () => {
  await vigia[Symbol.asyncDispose]();
  await redis[Symbol.asyncDispose]();
  await browser.close();
  rmSync(scratch, { recursive: true });
});

/** Whatever a test has left behind. */
afterEach(async () => {
  const overrides = { inputKey: null, outputKey: null, periodMs: null, timeoutMs: null };
  await asAdmin('PATCH', '/functions/default/settings', overrides);
  await asAdmin('POST', '/functions/default/rollback', { version: null });
  await until(async () => liveVersion()).toBe(1);
});

const until = (check: () => Promise<unknown>, timeout = 30_000) => expect.poll(check, { timeout });
const rowOf = (page: Page, setting: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: setting, exact: true }) });
const levelOn = (page: Page) => page.locator('.fig[data-series="level"]').textContent();
const versionOf = (page: Page, number: number) => page.locator(`[data-version="${number}"]`);
const outcome = (page: Page) => page.getByRole('region', { name: 'Try' }).getByRole('status');
const codeIn = (page: Page) => page.getByRole('textbox', { name: 'Code of default' });

async function openSettings(name = 'admin', password = ADMIN_PASSWORD, options = {}) {
  const page = await openPage(browser, `${vigia.url}/signin`, options);
  await signIn(page, vigia, { name, password, next: PATH });
  await codeIn(page).waitFor();
  return page;
}

async function edit(page: Page, setting: string, label: string, value: string): Promise<void> {
  await rowOf(page, setting)
    .getByRole('button', { name: /Override|Change/ })
    .click();
  await page.getByLabel(label, { exact: true }).fill(value);
}

async function save(page: Page, setting: string): Promise<void> {
  await rowOf(page, setting).getByRole('button', { name: 'Save' }).click();
  await until(() => rowOf(page, setting).textContent()).toMatch(/applied at \d\d:\d\d:\d\d/);
}

async function write(page: Page, code: string): Promise<void> {
  await codeIn(page).focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(code);
}

async function rollBackTo(page: Page, number: number): Promise<void> {
  await versionOf(page, number).getByRole('button', { name: 'Roll back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Roll back' }).click();
  await until(() => versionOf(page, number).textContent()).toContain('live');
}

async function asAdmin(method: string, path: string, body: unknown): Promise<number> {
  const authorization = `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  return (await fetch(`${vigia.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })).status;
}

async function liveVersion(): Promise<unknown> {
  const { state } = await (await fetch(`${vigia.url}/api/v1/functions/default`)).json();
  return state.versionNumber;
}

test('an operator changes a running function, its code and back again, and always sees who set what', async () => {
  const runtime = vigia.process(/main\.ts functions/).pid;
  const dashboard = await openPage(browser, `${vigia.url}/functions/default`);
  await until(() => levelOn(dashboard)).toMatch(/^10/);
  const page = await openSettings();

  await edit(page, 'Input key', 'Input key', 'other');
  await save(page, 'Input key');
  expect(await rowOf(page, 'Input key').textContent()).toMatch(/admin, today \d\d:\d\d:\d\d/);
  await until(() => levelOn(dashboard)).toMatch(/^30/);

  await edit(page, 'Period', 'Period in seconds', '0');
  await until(() => rowOf(page, 'Period').textContent()).toContain('Must be at least 0.01 s.');
  expect(await rowOf(page, 'Period').getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  await page.getByLabel('Period in seconds').fill('0,25');
  await save(page, 'Period');
  expect(await rowOf(page, 'Period').textContent()).toMatch(/0\.5 s MONITORING_PERIOD.*0\.25 s/);

  await write(page, TWICE);
  await until(() => page.getByText('draft on v1, 1 line changed').count()).toBe(1);
  await page.keyboard.press('Control+Enter');
  await until(() => outcome(page).textContent()).toMatch(/^returned in/);
  expect(await page.getByRole('row', { name: 'level' }).textContent()).toBe('level3060+30');
  expect(await levelOn(dashboard)).toMatch(/^30/);

  await page.getByLabel('What has changed').fill('Twice the level');
  await page.getByRole('button', { name: 'Deploy as v2' }).click();
  await until(() => page.getByText(/^v2 is live since/).count()).toBe(1);
  await until(() => levelOn(dashboard)).toMatch(/^60/);
  expect(await versionOf(page, 2).textContent()).toMatch(/Twice the leveladmin, today .*live/);
  await until(() => page.getByText('draft on').count()).toBe(0);

  await rollBackTo(page, 1);
  await until(() => levelOn(dashboard)).toMatch(/^30/);
  expect(vigia.process(/main\.ts functions/).pid).toBe(runtime);

  for (const setting of ['Input key', 'Period']) {
    await rowOf(page, setting).getByRole('button', { name: 'Revert' }).click();
    await until(() => rowOf(page, setting).getByRole('button', { name: 'Override' }).count()).toBe(1);
  }
  await until(() => levelOn(dashboard)).toMatch(/^10/);
  await page.getByRole('button', { name: "Revert to the deployment's code" }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revert' }).click();
  await until(() => page.getByText('admin chose').count()).toBe(0);
  expect([faultsOf(page), faultsOf(dashboard)]).toEqual([[], []]);
});

test('of two admins who change one setting, the later one sees both values and decides', async () => {
  expect(await asAdmin('POST', '/users', { name: 'rui', role: 'admin', password: 'longer than eight' })).toBe(201);
  const [mine, theirs] = [await openSettings(), await openSettings('rui', 'longer than eight')];
  await edit(mine, 'Timeout', 'Timeout in seconds', '3');
  await edit(theirs, 'Timeout', 'Timeout in seconds', '4');
  await save(theirs, 'Timeout');
  await rowOf(mine, 'Timeout').getByRole('button', { name: 'Save' }).click();
  const question = rowOf(mine, 'Timeout').getByRole('alert');
  await until(() => question.textContent()).toMatch(/Yours3 s.*Theirs4 s rui, today/);
  await mine.getByRole('button', { name: 'Take theirs' }).click();
  expect(await rowOf(mine, 'Timeout').textContent()).toMatch(/4 s.*rui, today/);

  // That somebody changes another setting meanwhile is no conflict.
  await edit(mine, 'Timeout', 'Timeout in seconds', '3');
  await edit(theirs, 'Output key', 'Output key', 'elsewhere');
  await save(theirs, 'Output key');
  await save(mine, 'Timeout');
  await until(() => rowOf(theirs, 'Timeout').textContent()).toMatch(/3 s.*admin, today/);
  expect(await rowOf(mine, 'Output key').textContent()).toMatch(/elsewhere.*rui, today/);
});

test('code that does not load is marked at its line, never goes live, and the draft outlives a reload', async () => {
  const page = await openSettings();
  const bad = `import nothing_such\n\n${LEVEL}`;
  await write(page, bad);
  await page.getByRole('button', { name: 'Try on live input' }).click();
  await until(() => outcome(page).textContent()).toContain('failed');
  await until(() => page.locator('.cm-wrong').textContent()).toBe('import nothing_such');
  expect(await page.evaluate(() => document.activeElement?.className)).toContain('cm-content');
  const [newest] = await page.locator('[data-version]').evaluateAll((rows) => rows.map((row) => row.dataset.version));
  const number = Number(newest) + 1;
  await page.getByRole('button', { name: `Deploy as v${number}` }).click();
  await until(() => page.getByText(`v${number} did not load: ModuleNotFoundError`).count()).toBe(1);
  await until(() => versionOf(page, number).textContent()).toContain('never went live');
  expect(await versionOf(page, number).getByRole('button', { name: 'Roll back' }).count()).toBe(0);
  expect(await versionOf(page, 1).textContent()).toContain('live');
  await page.reload();
  await until(() => page.getByText(/^draft on v1, \d lines changed$/).count()).toBe(1);
  await until(() => codeIn(page).textContent()).toContain('import nothing_such');
  await versionOf(page, number)
    .getByRole('button', { name: `v${number}` })
    .click();
  const difference = page.getByRole('region', { name: 'Difference' });
  await until(() => difference.textContent()).toMatch(new RegExp(`v1 → v${number}.*\\+2 −0`));
  await page.getByRole('button', { name: 'Discard' }).click();
  await until(() => codeIn(page).textContent()).not.toContain('nothing_such');
  expect(faultsOf(page)).toEqual([]);
});

test('an archive that cannot be used is refused with the reason, and a good one goes live', async () => {
  const page = await openSettings();
  await page.getByRole('button', { name: 'Upload archive' }).click();
  const dialog = page.getByRole('dialog', { name: 'Upload an archive' });
  const deploy = () => dialog.getByRole('button', { name: 'Deploy the archive' }).click();
  const choose = (buffer: Buffer) =>
    dialog.getByLabel('Choose a file').setInputFiles({ name: 'code.zip', mimeType: 'application/zip', buffer });

  await choose(Buffer.from('PK, but no archive'));
  await deploy();
  await until(() => dialog.getByRole('alert').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringMatching(/end record is missing/)]),
  );
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await dialog.getByLabel('Or its address').fill('http://169.254.169.254/latest');
  await deploy();
  await until(() => dialog.textContent()).toContain('Must not be fetched');

  const files = {
    'main.py': 'from half import half\n\n\ndef handler(input, context):\n    return {"level": half(input["level"])}\n',
  };
  await choose(await archiveOf({ ...files, 'half.py': 'def half(x):\n    return x / 2\n' }, join(scratch, 'archive')));
  await deploy();
  await until(() => page.getByText(/archive, \d+ B/).count()).toBeGreaterThan(0);
  await until(() => vigia.redis.get('metrics-output')).toBe('{"level": 5.0}');
  await until(() => page.getByRole('listitem').allTextContents()).toEqual(
    expect.arrayContaining(['main.py', 'half.py']),
  );
  await rollBackTo(page, 1);
  expect(faultsOf(page)).toEqual([]);
});

test('the page is for admins; a function can be switched off, and is missed when it is deleted', async () => {
  const stranger = await openPage(browser, vigia.url + PATH);
  expect(pathOf(stranger)).toBe(`/signin?next=${encodeURIComponent(PATH)}`);
  expect(await asAdmin('POST', '/users', { name: 'ana', password: 'longer than eight' })).toBe(201);
  await signIn(stranger, vigia, { name: 'ana', password: 'longer than eight', next: '/functions/default' });
  expect(await stranger.getByRole('link', { name: 'Settings and code' }).count()).toBe(0);
  expect((await stranger.goto(vigia.url + PATH))?.status()).toBe(404);

  expect(await asAdmin('POST', '/functions', { name: 'alert' })).toBe(201);
  const [page, other] = [await openSettings(), await openSettings()];
  await page.getByText('default', { exact: true }).first().click();
  await page.getByRole('link', { name: 'alert' }).click();
  await page.waitForURL('**/functions/alert/settings');
  await other.goto(`${vigia.url}/functions/alert/settings`);
  await other.getByRole('switch', { name: 'Enabled' }).click();
  await until(() => page.getByRole('switch', { name: 'Enabled' }).getAttribute('aria-checked')).toBe('false');
  await until(() => page.getByText(/^off: admin, today/).count()).toBe(1);
  await other.getByRole('switch', { name: 'Enabled' }).click();
  await until(() => page.getByRole('switch', { name: 'Enabled' }).getAttribute('aria-checked')).toBe('true');
  await page.getByRole('button', { name: 'Delete alert' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete alert' }).click();
  await page.waitForURL(`${vigia.url}/`);
  await until(() => other.getByText('alert has been deleted.').count()).toBe(1);
});

test('while Redis is away nothing that is written here is lost, and a save can be sent again', async () => {
  const page = await openSettings();
  await write(page, TWICE);
  process.kill(redis.pid, 'SIGSTOP');
  try {
    await until(() => page.getByText(/^Redis unreachable since/).count()).toBe(1);
    await edit(page, 'Period', 'Period in seconds', '2');
    await rowOf(page, 'Period').getByRole('button', { name: 'Save' }).click();
    await until(() => rowOf(page, 'Period').getByRole('alert').textContent()).toBe('Redis does not answer.');
    const visitor = await page.context().newPage();
    await visitor.goto(vigia.url + PATH);
    expect(await visitor.getByText('Redis unreachable.').count()).toBe(1);
    process.kill(redis.pid, 'SIGCONT');
    await codeIn(visitor).waitFor();
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await save(page, 'Period');
  expect(await page.getByText('draft on v1, 1 line changed').count()).toBe(1);
  expect(page.faults.filter((fault) => !fault.includes('503'))).toEqual([]);
});

describe.each([
  { width: 1440, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
  { width: 390, colorScheme: 'light' },
  { width: 390, colorScheme: 'dark' },
] as const)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test('nothing is too wide, and axe finds nothing, whatever is open', async () => {
    const page = await openSettings('admin', ADMIN_PASSWORD, { viewport: { width, height: 900 }, colorScheme });
    const look = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
      expect([what, found]).toEqual([what, []]);
      expect([what, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([what, width]);
    };
    await look('the page');
    await edit(page, 'Period', 'Period in seconds', '0');
    await until(() => rowOf(page, 'Period').textContent()).toContain('Must be');
    await look('a setting that is wrong');
    await write(page, `import nothing_such\n${LEVEL}`);
    await page.keyboard.press('Control+f');
    await page.getByLabel('Find in the code').fill('handler');
    await page.getByRole('button', { name: 'Try on live input' }).click();
    await until(() => outcome(page).textContent()).toContain('failed');
    await versionOf(page, 1).getByRole('button').first().click();
    await until(() => page.locator('.diff .cm-editor').count()).toBeGreaterThan(0);
    await look('a failure, a search and a difference');
    await page.getByRole('tab', { name: 'Input' }).click();
    await page.getByRole('button', { name: 'Own text' }).click();
    await page.getByRole('button', { name: 'Upload archive' }).click();
    await look('an upload');
    expect(faultsOf(page)).toEqual([]);
  });
});
