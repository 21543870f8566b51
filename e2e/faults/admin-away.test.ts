import { expect, test } from 'vitest';
import { ADMIN_PASSWORD } from '../support/accounts.ts';
import { browserSuite } from '../support/browser-suite.ts';
import { startRedis } from '../support/redis-server.ts';
import { until } from '../support/until.ts';
import { Vigia } from '../support/vigia.ts';

const { openAs } = browserSuite();

test('while Redis is away, pages of administration and account say so, keep what they showed and come back', async () => {
  await using redis = await startRedis();
  await using vigia = await Vigia.start({ REDIS_URL: redis.url, ADMIN_PASSWORD });
  const open = await openAs(vigia, '/admin');
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
