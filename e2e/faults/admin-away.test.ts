import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_PASSWORD, signIn } from '../support/accounts.ts';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startRedis } from '../support/redis-server.ts';
import { Vigia } from '../support/vigia.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
});

const until = (check: () => Promise<unknown>, timeout = 30_000) => expect.poll(check, { timeout });

test('while Redis is away, pages of administration and account say so, keep what they showed and come back', async () => {
  await using redis = await startRedis();
  await using vigia = await Vigia.start({ REDIS_URL: redis.url, ADMIN_PASSWORD });
  const open = await openPage(browser, vigia.url);
  await signIn(open, vigia, { next: '/admin' });
  await open.getByRole('link', { name: 'default', exact: true }).waitFor();
  await open.getByRole('button', { name: 'New function' }).click();
  await open.getByLabel('Name').fill('half-written');
  const fresh = await open.context().newPage();
  process.kill(redis.pid, 'SIGSTOP');
  try {
    await until(() => open.getByText('Redis unreachable, showing last data.').count()).toBe(1);
    expect(await open.getByLabel('Name').inputValue()).toBe('half-written');
    expect(await open.locator('tbody').textContent()).toContain('default');
    for (const path of ['/admin/users', '/admin/audit', '/admin/status', '/account', '/jobs', '/jobs/1', '/admin']) {
      await fresh.goto(vigia.url + path);
      expect([path, await fresh.getByText('Redis unreachable.').count()]).toEqual([path, 1]);
      expect([path, await fresh.getByText('This page failed').count()]).toEqual([path, 0]);
      expect([path, await fresh.getByRole('heading', { level: 1 }).count()]).toEqual([path, 1]);
      // Who is signed in cannot be known, so nobody is asked to be.
      expect([path, await fresh.getByRole('link', { name: 'Sign in' }).count()]).toEqual([path, 0]);
    }
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await fresh.getByRole('link', { name: 'default', exact: true }).waitFor();
  await until(() => open.getByText('Redis unreachable').count()).toBe(0);
  expect(await open.getByLabel('Name').inputValue()).toBe('half-written');
});
