import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, signIn } from './support/accounts.ts';
import { axeFindings, cutOff, VIEWS } from './support/axe.ts';
import { browserSuite } from './support/browser-suite.ts';
import { hasEnded, jobsAt, runScript } from './support/jobs-suite.ts';
import { Vigia } from './support/vigia.ts';

const { open, openAs } = browserSuite();
let vigia: Vigia;

beforeAll(async () => {
  const settings = { ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1', MONITORING_PERIOD: '0.5', COLLECT_PERIOD: '0.5' };
  vigia = await Vigia.start(settings);
  const jobs = jobsAt(vigia.url);
  const code = 'import sys\nprint("one\\x1b[0m")\nprint("two", file=sys.stderr)\n';
  await jobs.until(await jobs.submit(ADMIN, { code, input: 'some' }), hasEnded);
});
afterAll(() => vigia[Symbol.asyncDispose]());

const PAGES = [
  '/',
  '/functions/default',
  '/functions/default/settings',
  '/docs',
  '/jobs',
  '/jobs/1',
  '/account',
  '/admin',
  '/admin/users',
  '/admin/audit',
  '/admin/status',
];

describe.each(VIEWS)('at $width px, $colorScheme', ({ width, colorScheme }) => {
  test('every page fits, complains of nothing and has nothing that axe finds', async () => {
    const page = await open(`${vigia.url}/signin`, { viewport: { width, height: 900 }, colorScheme });
    const look = async (path: string) => {
      expect([path, await axeFindings(page)]).toEqual([path, []]);
      expect([path, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([path, width]);
      expect([path, page.faults]).toEqual([path, []]);
    };
    await look('/signin');
    await signIn(page, vigia);
    for (const path of PAGES) {
      await page.goto(vigia.url + path);
      await look(path);
    }
    // With one session, its table has nothing that could be focused.
    await page.evaluate(() => fetch('/api/v1/sessions', { method: 'DELETE' }));
    await page.goto(`${vigia.url}/account`);
    await look('/account, signed in once');
  });

  test('so does what opens on them', async () => {
    const page = await openAs(vigia, '/account', ADMIN, { viewport: { width, height: 900 }, colorScheme });
    const look = async (what: string) => {
      expect([what, await axeFindings(page)]).toEqual([what, []]);
      expect([what, await cutOff(page)]).toEqual([what, []]);
    };
    // Who is signed in is a whole name, or where there is no room for one an icon, and never the beginning of a name.
    const name = page.locator('.user .cut');
    expect(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    await page.getByRole('button', { name: 'admin, your account' }).click();
    await look('the menu');
    await page.getByRole('button', { name: 'Change password' }).click();
    await expect.poll(() => page.locator('[aria-invalid]').count()).toBe(2);
    await look('wrong fields');
    await page.goto(`${vigia.url}/admin`);
    await page.getByRole('button', { name: 'New function' }).click();
    await look('a new function');
    await page.goto(`${vigia.url}/admin/users`);
    await page.getByRole('button', { name: 'Edit admin' }).click();
    await look('a user');
    await page.getByRole('button', { name: 'Delete user' }).click();
    await look('a question');
    await page.goto(`${vigia.url}/jobs`);
    if (width < 640) await page.getByRole('button', { name: 'New job' }).click();
    await runScript(page, ' ');
    await page.getByText('Write a script, or choose a file.').waitFor();
    await look('a wrong script');
    await runScript(page, 'import time\ntime.sleep(8)');
    await page.getByRole('button', { name: 'Cancel job' }).click();
    await look('whether to cancel a job');
    await page.getByRole('button', { name: 'Let it run' }).click();
    await look('a job beside the list');
    // The browser itself notes that the API has refused what was wrong.
    expect(page.faults.filter((fault) => !fault.includes('422'))).toEqual([]);
  });
});

test('there is an icon also where no page names one, as beside an answer of the API', async () => {
  const icon = await fetch(`${vigia.url}/favicon.ico`);
  expect([icon.status, icon.headers.get('content-type')]).toEqual([200, 'image/x-icon']);
});

test('scripts need the nonce of their request, which is never the same', async () => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(vigia.url)).headers.get('content-security-policy') ?? ''),
  );
  expect(new Set(policies).size).toBe(2);
  for (const policy of policies) {
    expect(policy).toMatch(/^default-src 'none'; script-src 'self' 'nonce-[A-Za-z0-9+/=]{20,}' 'strict-dynamic';/);
    expect(policy).not.toContain('unsafe-eval');
  }
  const forged = await fetch(vigia.url, {
    headers: { 'Content-Security-Policy': "script-src 'nonce-forged'", 'x-nonce': 'forged' },
  });
  expect(await forged.text()).not.toContain('forged');
  for (const [name, value] of [
    ['x-content-type-options', 'nosniff'],
    ['referrer-policy', 'same-origin'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
    ['strict-transport-security', null],
  ] as const) {
    expect([name, forged.headers.get(name)]).toEqual([name, value]);
  }

  const page = await open('about:blank');
  await page.route(vigia.url, async (route) => {
    const response = await route.fetch();
    const smuggled = '<script>document.title = "run"</script><img src="x" onerror="document.title = \'run\'">';
    await route.fulfill({ response, body: (await response.text()).replace('<body>', `<body>${smuggled}`) });
  });
  await page.goto(vigia.url);
  await expect.poll(() => page.faults.join('\n')).toContain('Content Security Policy');
  expect(await page.title()).not.toBe('run');
});

test('behind a trusted proxy that speaks https, browsers are told to stay with it', async () => {
  await using proxied = await Vigia.start({ ADMIN_PASSWORD, TRUSTED_PROXIES: '127.0.0.1' });
  const sts = async (headers: Record<string, string>) =>
    (await fetch(proxied.url, { headers })).headers.get('strict-transport-security');
  expect(await sts({ 'X-Forwarded-Proto': 'https' })).toBe('max-age=31536000');
  expect(await sts({})).toBeNull();
});
