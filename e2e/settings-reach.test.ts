import type { Locator, Page } from 'playwright';
import { describe, expect, test } from 'vitest';
import { ADMIN_PASSWORD } from './support/accounts.ts';
import { axeFindings, VIEWS } from './support/axe.ts';
import { faultsOf } from './support/browser.ts';
import { edit, focusedText, outcome, rowOf, versionOf, write } from './support/settings-controls.ts';
import { handlerOf, LEVEL, PATH, settingsSuite, TWICE } from './support/settings-suite.ts';
import { until } from './support/until.ts';

const suite = settingsSuite();

test('with the keyboard alone, the focus is never lost', async () => {
  const page = await suite.openSettings();
  const press = async (name: string | RegExp, within: Page | Locator = page) => {
    await within.getByRole('button', { name, exact: typeof name === 'string' }).focus();
    await page.keyboard.press('Enter');
  };
  await edit(page, 'Timeout', 'Timeout in seconds', '3');
  await page.keyboard.press('Enter');
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Change Timeout');
  await press('Revert Timeout');
  await until(() => focusedText(page)).toBe('Override Timeout');

  await write(page, TWICE);
  await press('Discard');
  await until(() => focusedText(page)).toBe('Code');
  await write(page, handlerOf('return {"level": input["level"] * 3}'));
  const deploy = (await page.getByRole('button', { name: /^Deploy as/ }).textContent()) ?? '';
  const number = Number(/\d+$/.exec(deploy)?.[0]);
  await press(deploy);
  await until(() => versionOf(page, number).textContent()).toContain('live');
  expect(await focusedText(page)).toMatch(/^Deploy as/);

  await versionOf(page, 1).getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  const difference = page.getByRole('region', { name: 'Difference' });
  await difference.getByText('−').waitFor();
  await press('Close', difference);
  await until(() => focusedText(page)).toMatch(/^v1/);

  await press('Roll back to v1');
  await page.keyboard.press('Escape');
  await until(() => focusedText(page)).toBe('Roll back');
  await page.keyboard.press('Enter');
  await press('Roll back to v1', page.getByRole('dialog'));
  await until(() => versionOf(page, 1).textContent()).toContain('live');
  await until(() => focusedText(page)).toMatch(/^v1/);
  await press('Upload archive');
  await page.keyboard.press('Escape');
  await until(() => focusedText(page)).toBe('Upload archive');
  expect(faultsOf(page)).toEqual([]);
});

test('line numbers stand beside their lines, also below what the window shows', async () => {
  const page = await suite.openSettings('admin', ADMIN_PASSWORD, { viewport: { width: 390, height: 600 } });
  const tops = (selector: string) =>
    page.locator(selector).evaluateAll((lines) => lines.map((line) => Math.round(line.getBoundingClientRect().top)));
  const lines = await tops('.cm-line');
  expect(Math.min(...lines)).toBeGreaterThan(600);
  // The first element of the gutter is empty: it is as wide as the widest number.
  expect((await tops('.cm-lineNumbers .cm-gutterElement')).slice(1)).toEqual(lines);
});

test('before a draft of a mounted file is tried, it is said that its neighbours are not there', async () => {
  const page = await suite.openSettings();
  const said = () => page.getByRole('region', { name: 'Try' }).getByText('what lies beside').count();
  expect(await said()).toBe(0);
  await write(page, TWICE);
  await until(said).toBe(1);
});

test('without JavaScript the page is read, and offers nothing that would not work', async () => {
  const signedIn = await suite.openSettings();
  const context = await suite.browser.newContext({
    javaScriptEnabled: false,
    storageState: await signedIn.context().storageState(),
  });
  const page = await context.newPage();
  await page.goto(suite.vigia.url + PATH);
  expect(await page.locator('noscript').textContent()).toContain('JavaScript is off.');
  expect(await page.getByText('def handler(input, context):').isVisible()).toBe(true);
  for (const control of await page.locator('main').locator('button, select, input, [role=switch]').all()) {
    const text = await control.evaluate(({ outerHTML }) => outerHTML);
    if (!text.includes('class="pick"')) expect([text, await control.isVisible()]).toEqual([text, false]);
  }
});

describe.each(VIEWS)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test('nothing is too wide, and axe finds nothing, whatever is open', async () => {
    const page = await suite.openSettings('admin', ADMIN_PASSWORD, { viewport: { width, height: 900 }, colorScheme });
    const look = async (what: string) => {
      expect([what, await axeFindings(page)]).toEqual([what, []]);
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
