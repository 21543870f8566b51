import type { Page } from 'playwright';
import { expect, test } from 'vitest';
import { ADMIN_PASSWORD, focused, pathOf, signIn } from './support/accounts.ts';
import { faultsOf } from './support/browser.ts';
import { browserSuite } from './support/browser-suite.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const { open, openAs } = browserSuite();

const row = (page: Page, text: string) => page.locator('tbody tr').filter({ hasText: text });

test('a user is made, kept out of the administration, changed and deleted', async () => {
  await using vigia = await Vigia.start({ ADMIN_PASSWORD });
  const page = await open(`${vigia.url}/admin/users`);
  expect(pathOf(page)).toBe('/signin?next=%2Fadmin%2Fusers');
  await signIn(page, vigia, { next: '/admin/users' });
  await page.getByRole('button', { name: 'New user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('admin');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  await until(() => dialog.textContent()).toContain('Is taken.');
  expect(await focused(page)).toBe('name');
  await dialog.getByLabel('Name').fill('grace');
  await dialog.getByRole('button', { name: 'Create user' }).click();
  const first = (await dialog.locator('.shown-once code').textContent()) ?? '';
  await dialog.getByRole('button', { name: 'Done' }).click();

  const graces = await openAs(vigia, '/account', { name: 'grace', password: first });
  expect(await graces.getByRole('link', { name: 'Admin' }).count()).toBe(0);
  for (const path of ['/admin', '/admin/users', '/admin/audit', '/admin/status']) {
    const answer = await graces.goto(vigia.url + path);
    expect([path, answer?.status()]).toEqual([path, 404]);
  }

  await page.getByRole('button', { name: 'Edit grace' }).click();
  await dialog.getByRole('button', { name: 'Reset password' }).click();
  await page.getByRole('dialog').last().getByRole('button', { name: 'Reset password' }).click();
  const second = (await dialog.first().locator('.shown-once code').textContent()) ?? '';
  await graces.goto(`${vigia.url}/account`);
  expect(pathOf(graces)).toBe('/signin?next=%2Faccount');
  await signIn(graces, vigia, { name: 'grace', password: second });
  await dialog.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('button', { name: 'Edit grace' }).click();
  await dialog.getByLabel('Disabled').check();
  await dialog.getByRole('button', { name: 'Save user' }).click();
  // The form says the same word, in the same row.
  await until(() => dialog.count()).toBe(0);
  await until(() => row(page, 'grace').textContent()).toContain('Disabled');
  await graces.goto(`${vigia.url}/account`);
  expect(pathOf(graces)).toBe('/signin?next=%2Faccount');

  await page.getByRole('button', { name: 'Edit grace' }).click();
  await dialog.getByRole('button', { name: 'Delete user' }).click();
  await page
    .getByRole('dialog', { name: 'Delete the user grace?' })
    .getByRole('button', { name: 'Delete user' })
    .click();
  await until(() => row(page, 'grace').count()).toBe(0);
  await until(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Users');
  expect(faultsOf(page)).toEqual([]);
});

test('of two who change a user at the same time, the later one is told; the last admin stays', async () => {
  await using vigia = await Vigia.start({ ADMIN_PASSWORD });
  const page = await openAs(vigia, '/admin/users');
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'Edit admin' }).click();
  await dialog.getByLabel('Role').selectOption('user');
  await dialog.getByRole('button', { name: 'Save user' }).click();
  await until(() => dialog.textContent()).toContain('Must not leave Vigia without an admin who can sign in.');
  await dialog.getByLabel('Role').selectOption('admin');
  await page.evaluate(() =>
    fetch('/api/v1/users/0', {
      method: 'PATCH',
      headers: { 'Content-Type': 'application/json' },
      body: '{"name":"root"}',
    }),
  );
  await dialog.getByRole('button', { name: 'Save user' }).click();
  await until(() => dialog.textContent()).toContain('Somebody has changed this account meanwhile.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Edit root' }).click();
  await dialog.getByRole('button', { name: 'Save user' }).click();
  await until(() => dialog.count()).toBe(0);
});

test('functions are at hand: a switch, a new one with its errors beside the field; the audit shows who did it', async () => {
  await using vigia = await Vigia.start({ ADMIN_PASSWORD, MONITORING_PERIOD: '0.3', COLLECT_PERIOD: '0.3' });
  const page = await openAs(vigia, '/admin');
  await until(() => row(page, 'default').textContent()).toContain('Running');
  const enabled = page.getByRole('switch', { name: 'default enabled' });
  await enabled.click();
  await until(() => enabled.getAttribute('aria-checked')).toBe('false');
  await until(() => row(page, 'default').textContent()).toContain('Disabled');

  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: 'New function' }).click();
  await dialog.getByLabel('Name').fill('default');
  await dialog.getByRole('button', { name: 'Create function' }).click();
  await until(() => dialog.textContent()).toContain('There is a function called default already.');
  expect(await focused(page)).toBe('name');
  await dialog.getByLabel('Name').fill('cpu-alert');
  await dialog.getByLabel('Period in seconds').fill('often');
  await dialog.getByRole('button', { name: 'Create function' }).click();
  await until(() => dialog.textContent()).toContain('Enter seconds, such as 0.5.');
  expect(await focused(page)).toBe('periodMs');
  await dialog.getByLabel('Period in seconds').fill('0,5');
  await dialog.getByLabel('Output key').fill('metrics');
  await dialog.getByRole('button', { name: 'Create function' }).click();
  await until(() => dialog.textContent()).toContain('Must not be the input key');
  await dialog.getByLabel('Output key').fill('');
  await dialog.getByRole('button', { name: 'Create function' }).click();
  await until(async () => pathOf(page)).toBe('/functions/cpu-alert/settings');
  await page.goto(`${vigia.url}/admin`);
  expect(await row(page, 'cpu-alert').textContent()).toContain('metrics → cpu-alert-output');
  expect(await row(page, 'cpu-alert').textContent()).toContain('0.5 s');

  await page.getByRole('link', { name: 'Audit' }).click();
  await page.getByLabel('Action').selectOption('function.disable');
  await page.getByRole('button', { name: 'Filter' }).click();
  await until(() => page.locator('tbody tr').count()).toBe(1);
  const entry = (await page.locator('tbody tr').textContent()) ?? '';
  for (const text of ['admin', 'disabled a function', 'function/default', 'enabled true → false', '127.0.0.1']) {
    expect(entry).toContain(text);
  }
  expect(await page.getByLabel('Action').inputValue()).toBe('function.disable');
});

test('the audit is read page by page', async () => {
  await using vigia = await Vigia.start({ ADMIN_PASSWORD });
  const entry = { uid: null, name: null, action: 'session.refused', before: null, after: null, requestId: 'r' };
  for (let index = 0; index < 120; index += 1) {
    const text = JSON.stringify({ ...entry, target: `user/${index}`, address: '192.0.2.1' });
    await vigia.redis.xadd('vigia:audit', '*', 'e', text);
  }
  const page = await openAs(vigia, '/admin/audit?action=session.refused');
  const targets = () => page.locator('tbody td.target').allTextContents();
  expect((await targets()).slice(0, 2)).toEqual(['user/119', 'user/118']);
  for (const [first, count] of [
    ['user/69', 50],
    ['user/19', 20],
  ] as const) {
    await page.getByRole('link', { name: 'Older' }).click();
    await until(async () => (await targets())[0]).toBe(first);
    expect(await targets()).toHaveLength(count);
  }
  expect(await page.getByText('That is all.').count()).toBe(1);
});
