import { expect, test } from 'vitest';
import { browserSuite } from '../support/browser-suite.ts';
import { startRedis } from '../support/redis-server.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { until } from '../support/until.ts';
import { Vigia } from '../support/vigia.ts';

const scratch = scratchFolder();
const { open } = browserSuite();

test('code that does not load is on the page with its traceback, beside the last good number and its time', async () => {
  const file = scratch.write('edited.py', 'def handler(event, context):\n    return {"value": 42.0}\n');
  const settings = { FUNCTION_PATH: file, MONITORING_PERIOD: '0.3' };
  await using own = await startRedis();
  {
    await using vigia = await Vigia.start({ REDIS_URL: own.url, ...settings });
    await vigia.redis.set('metrics', '{}');
    await until(() => vigia.redis.get('metrics-output')).toBe('{"value": 42.0}');
  }
  scratch.write('edited.py', 'def handler(event, context)\n    return {"value": 43.0}\n');
  await using vigia = await Vigia.start({ REDIS_URL: own.url, ...settings });
  const page = await open(vigia.url);
  const pill = page.locator('[data-state]');
  await until(() => pill.getAttribute('data-state')).toBe('crashing');
  const failure = page.getByRole('alert', { name: 'Failure' });
  await until(() => failure.textContent()).toContain('The code does not load');
  expect(await failure.locator('.said').textContent()).toMatch(/^SyntaxError: /);
  await failure.getByText('Show traceback').click();
  expect(await failure.locator('pre').isVisible()).toBe(true);
  expect(await failure.locator('pre').textContent()).toContain(`File "${file}", line 1`);
  expect(await page.locator('.fig[data-series="value"]').textContent()).toMatch(/^42/);
  await page
    .getByText(/^last result \d\d:\d\d:\d\d/)
    .first()
    .waitFor();
  expect(await vigia.redis.get('metrics-output')).toBe('{"value": 42.0}');
  expect(page.faults).toEqual([]);
});
