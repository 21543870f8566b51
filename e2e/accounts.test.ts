import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, fillSignIn, focused, headersOf, type Person, pathOf } from './support/accounts.ts';
import { faultsOf } from './support/browser.ts';
import { browserSuite } from './support/browser-suite.ts';
import { until } from './support/until.ts';
import { Vigia } from './support/vigia.ts';

const { open, openAs } = browserSuite();

let vigia: Vigia;
beforeAll(async () => {
  vigia = await Vigia.start({ ADMIN_PASSWORD });
});
afterAll(() => vigia[Symbol.asyncDispose]());

const main = (page: Page) => page.locator('main');

/** Somebody new, whom no other test has to do with. */
async function somebody(name: string): Promise<Person> {
  const person = { name, password: `the password of ${name}` };
  const sent = { method: 'POST', headers: headersOf(ADMIN), body: JSON.stringify({ ...person, role: 'user' }) };
  expect((await fetch(`${vigia.url}/api/v1/users`, sent)).status).toBe(201);
  return person;
}

test('somebody signs in, is named in the header, and signs out', async () => {
  const saidBefore = vigia.output.length;
  const page = await open(`${vigia.url}/functions/default?range=1h`);
  await page.getByRole('link', { name: 'Sign in' }).click();
  await until(async () => pathOf(page)).toBe('/signin?next=%2Ffunctions%2Fdefault%3Frange%3D1h');
  await fillSignIn(page, 'admin', ADMIN_PASSWORD);
  await page.waitForURL(`${vigia.url}/functions/default?range=1h`);
  const { value, httpOnly, sameSite } = (await page.context().cookies()).find(({ name }) => name === 'vigia') ?? {};
  expect({ isThere: (value ?? '').length > 20, httpOnly, sameSite }).toEqual({
    isThere: true,
    httpOnly: true,
    sameSite: 'Lax',
  });
  await page.goto(`${vigia.url}/signin?next=%2Faccount`);
  expect(pathOf(page)).toBe('/account');
  await page.getByRole('button', { name: 'admin, your account' }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(`${vigia.url}/`);
  expect(await page.getByRole('link', { name: 'Sign in' }).count()).toBe(1);
  await page.goto(`${vigia.url}/account`);
  expect(pathOf(page)).toBe('/signin?next=%2Faccount');
  expect(faultsOf(page)).toEqual([]);
  // The log has both changes, and no page that was only read.
  const requests = vigia.output
    .slice(saidBefore)
    .split('\n')
    .filter((line) => line.includes('"msg":"request"'));
  expect(requests.map((line) => JSON.parse(line))).toMatchObject([
    { method: 'POST', path: '/api/v1/session', status: 200, uid: 0 },
    { method: 'DELETE', path: '/api/v1/session', status: 204, uid: 0 },
  ]);
});

test('no link leads through the sign-in to another site', async () => {
  const page = await open(`${vigia.url}/signin?next=${encodeURIComponent('//evil.example/x')}`);
  await fillSignIn(page, '0', ADMIN_PASSWORD);
  await page.waitForURL(`${vigia.url}/`);
  await page.goto(`${vigia.url}/signin?next=${encodeURIComponent('/\\evil.example')}`);
  expect(page.url()).toBe(`${vigia.url}/`);
});

test('a wrong password and an unknown name are told alike, beside the field; after ten tries one has to wait', async () => {
  const { name: known, password } = await somebody('ada');
  const page = await open(`${vigia.url}/signin`);
  const field = page.getByLabel('Password');
  const told: (string | null)[] = [];
  for (const name of ['nobody', known]) {
    await fillSignIn(page, name, 'not the password');
    await until(() => field.getAttribute('aria-invalid')).toBe('true');
    expect(await focused(page)).toBe('password');
    const described = (await field.getAttribute('aria-describedby')) ?? '';
    told.push(await page.locator(`[id="${described}"]`).textContent());
    await page.reload();
  }
  expect(told).toEqual(['Name or password is wrong.', 'Name or password is wrong.']);
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: known, password: 'not the password' });
  for (let tries = 0; tries < 9; tries += 1) {
    await fetch(`${vigia.url}/api/v1/session`, { method: 'POST', headers, body });
  }
  await fillSignIn(page, known, password);
  await until(() => main(page).textContent()).toMatch(/Too many failed tries\. Try again in 1[45] min/);
  expect(await page.getByRole('button', { name: 'Sign in' }).isDisabled()).toBe(true);
});

test('a new password ends every other session, and its rules are told while it is typed', async () => {
  const bob = await somebody('bob');
  const there = await openAs(vigia, '/account', bob);
  const here = await openAs(vigia, '/account', bob);
  expect(await here.getByRole('table', { name: 'Sessions' }).locator('tbody tr').count()).toBe(2);
  await here.getByLabel('New password').fill(bob.name);
  const rules = here.locator('.rules');
  await until(() => rules.locator('.bad').count()).toBe(2);
  await here.getByLabel('Current password').fill('wrong');
  await here.getByLabel('New password').fill('another long password');
  expect(await rules.locator('.bad').count()).toBe(0);
  await here.getByRole('button', { name: 'Change password' }).click();
  await until(() => main(here).textContent()).toContain('Is not your password.');
  expect(await focused(here)).toBe('current');
  await here.getByLabel('Current password').fill(bob.password);
  await here.getByRole('button', { name: 'Change password' }).click();
  await until(() => main(here).textContent()).toContain('Changed. All other sessions have ended.');
  await until(() => here.getByRole('table', { name: 'Sessions' }).locator('tbody tr').count()).toBe(1);
  await there.goto(`${vigia.url}/account`);
  expect(pathOf(there)).toBe('/signin?next=%2Faccount');
  await here.reload();
  expect(pathOf(here)).toBe('/account');
});

test('another session is ended from the list, after a question', async () => {
  const cleo = await somebody('cleo');
  const there = await openAs(vigia, '/account', cleo);
  const here = await openAs(vigia, '/account', cleo);
  await here.getByRole('button', { name: 'End session of Chrome on Linux' }).click();
  const dialog = here.getByRole('dialog', { name: 'End the session of Chrome on Linux?' });
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await until(() => dialog.count()).toBe(0);
  await here.getByRole('button', { name: 'End session of Chrome on Linux' }).click();
  await dialog.getByRole('button', { name: 'End session' }).click();
  await until(() => here.getByRole('table', { name: 'Sessions' }).locator('tbody tr').count()).toBe(1);
  await there.reload();
  expect(pathOf(there)).toBe('/signin?next=%2Faccount');
});

test('a token is shown once, works, and does not any more when it is revoked', async () => {
  const dan = await somebody('dan');
  const page = await openAs(vigia, '/account', dan);
  await page.getByRole('button', { name: 'Create token' }).click();
  await until(() => main(page).textContent()).toContain('Must not be empty.');
  expect(await focused(page)).toBe('name');
  await page.getByLabel('Name').fill('backup script');
  await page.getByRole('button', { name: 'Create token' }).click();
  const secret = (await page.locator('.shown-once code').textContent()) ?? '';
  expect(secret).toMatch(/^vig_/);
  const ask = () => fetch(`${vigia.url}/api/v1/session`, { headers: { Authorization: `Bearer ${secret}` } });
  expect(await (await ask()).json()).toMatchObject({ name: dan.name, via: 'token' });
  await page.reload();
  expect(await main(page).textContent()).not.toContain(secret);
  await page.getByRole('button', { name: 'Revoke backup script' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke token' }).click();
  await until(() => main(page).textContent()).toContain('No tokens.');
  expect((await ask()).status).toBe(401);
  expect(faultsOf(page)).toEqual([]);
});

describe('a program that was started without a password, and where readers must sign in', () => {
  let first: Vigia;
  beforeAll(async () => {
    first = await Vigia.start({ DASHBOARD_AUTH: 'required' });
  });
  afterAll(() => first[Symbol.asyncDispose]());

  const password = () => /Sign in\s+admin, password (\S+)/.exec(first.output)?.[1] ?? '';

  test('says once how to sign in', async () => {
    await openAs(first, '/account', { name: 'admin', password: password() });
    expect(first.output.split(password())).toHaveLength(2);
  });

  test('sends them to do so, and they come back', async () => {
    const page = await open(`${first.url}/functions/default?range=1h`);
    expect(pathOf(page)).toBe('/signin?next=%2Ffunctions%2Fdefault%3Frange%3D1h');
    expect(await main(page).textContent()).not.toContain('can be read without');
    expect((await fetch(`${first.url}/live/default`)).status).toBe(401);
    await fillSignIn(page, 'admin', password());
    await page.waitForURL(`${first.url}/functions/default?range=1h`);
    await until(() => page.locator('[data-state]').getAttribute('data-state')).toBe('live');
  });
});
