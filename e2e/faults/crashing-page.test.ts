import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launchBrowser, openPage } from '../support/browser.ts';
import { startRedis } from '../support/redis-server.ts';
import { Vigia } from '../support/vigia.ts';

test('code that does not load is on the page with its traceback, beside the last good number and its time', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'vigia-e2e-'));
  const file = join(scratch, 'edited.py');
  const settings = { FUNCTION_PATH: file, MONITORING_PERIOD: '0.3' };
  await using own = await startRedis();
  await using browser = await launchBrowser();
  try {
    writeFileSync(file, 'def handler(event, context):\n    return {"value": 42.0}\n');
    {
      await using vigia = await Vigia.start({ REDIS_URL: own.url, ...settings });
      await vigia.redis.set('metrics', '{}');
      await expect.poll(() => vigia.redis.get('metrics-output'), { timeout: 20_000 }).toBe('{"value": 42.0}');
    }
    writeFileSync(file, 'def handler(event, context)\n    return {"value": 43.0}\n');
    await using vigia = await Vigia.start({ REDIS_URL: own.url, ...settings });
    const page = await openPage(browser, vigia.url);
    const pill = page.locator('[data-state]');
    await expect.poll(() => pill.getAttribute('data-state'), { timeout: 20_000 }).toBe('crashing');
    const failure = page.getByRole('alert', { name: 'Failure' });
    await expect.poll(() => failure.textContent(), { timeout: 20_000 }).toContain('The code does not load');
    expect(await failure.locator('.said').textContent()).toMatch(/^SyntaxError: /);
    await failure.getByText('Show traceback').click();
    expect(await failure.locator('pre').isVisible()).toBe(true);
    expect(await failure.locator('pre').textContent()).toContain(`File "${file}", line 1`);
    expect(await page.locator('.fig[data-series="value"]').textContent()).toMatch(/^42/);
    expect(await page.locator('.last').first().textContent()).toMatch(/last result \d\d:\d\d:\d\d/);
    expect(await vigia.redis.get('metrics-output')).toBe('{"value": 42.0}');
    expect(page.faults).toEqual([]);
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
