import { test } from 'vitest';
import { ADMIN_PASSWORD, signIn } from './e2e/support/accounts.ts';
import { launchBrowser, openPage } from './e2e/support/browser.ts';
import { Vigia } from './e2e/support/vigia.ts';

test('shots', async () => {
  const browser = await launchBrowser();
  await using vigia = await Vigia.start({ ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1', JOBS_CONCURRENCY: '2' });
  const auth = (name: string, password: string) => ({ authorization: `Basic ${btoa(`${name}:${password}`)}`, 'content-type': 'application/json' });
  const admin = auth('admin', ADMIN_PASSWORD);
  const api = async (method: string, path: string, headers: Record<string, string>, body?: unknown) =>
    (await fetch(`${vigia.url}/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })).json();
  const users = [];
  for (const name of ['maria', 'rui', 'ana']) {
    const made = await api('POST', '/users', admin, { name, role: 'user' });
    users.push(auth(name, made.generatedPassword));
  }
  const [maria, rui, ana] = users;
  const page0 = await openPage(browser, vigia.url);
  await signIn(page0, vigia, { next: '/jobs' });
  await page0.waitForTimeout(1200);
  await page0.screenshot({ path: '/tmp/jp-shots/empty.png' });
  const many: [Record<string,string>, object][] = [
    [ana!, { code: 'print(input()[::-1])', input: 'abc' }],
    [maria!, { language: 'node', code: 'console.log(1)\nconsole.error("\\x1b[31moh\\x1b[0m")' }],
    [maria!, { code: 'import time; time.sleep(60)' }],
    [rui!, { code: "a = [0] * 10**10" }],
    [ana!, { code: 'x = int(input())', input: 'x' }],
    [rui!, { code: 'print("x" * 80 + "\\n", end="")\nfor n in range(30000): print("line", n, "x" * 40)' }],
    [rui!, { code: 'import sys\nprint("<b>hi</b> \\x1b[31mred\\x1b[0m \\x1b]52;c;aGk=\\x07 end")\nprint("one", flush=True)\nprint("oops: something", file=sys.stderr, flush=True)\nprint("two", flush=True)\nraise ValueError("no such thing")' }],
    [maria!, { language: 'bash', code: '#!/bin/bash\nkill -9 $$' }],
  ];
  for (const [who, body] of many) await api('POST', '/jobs', who, body);
  await new Promise((r) => setTimeout(r, 2500));
  await api('POST', '/jobs/3/cancel', admin);
  const follow = 'import time, datetime\nfor n in range(40):\n    print(f"12:{n:02d}:30  load  {24 + n / 10:.1f} %   caching {22.86 - n / 20:.2f} %   pids  {88 + n % 4}", flush=True)\n    time.sleep(0.25)\n';
  for (const [width, colorScheme] of [[1440, 'light'], [1440, 'dark'], [390, 'light'], [390, 'dark']] as const) {
    const page = await openPage(browser, vigia.url, { viewport: { width, height: 900 }, colorScheme });
    await signIn(page, vigia, { next: '/jobs' });
    await page.waitForTimeout(1200);
    const at = `${width}-${colorScheme}`;
    await page.screenshot({ path: `/tmp/jp-shots/list-${at}.png`, fullPage: true });
    if (width === 390) await page.locator('.unfold').click();
    await page.locator('.cm-content').fill(follow);
    await page.getByRole('button', { name: 'Run job' }).click();
    for (const extra of [1, 2, 3]) await api('POST', '/jobs', rui!, { code: `import time; time.sleep(${extra})` });
    await page.waitForTimeout(4000);
    await page.screenshot({ path: `/tmp/jp-shots/beside-${at}.png`, fullPage: true });
    await page.locator('.beside h2 a').click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/jp-shots/running-${at}.png`, fullPage: true });
    await page.getByRole('button', { name: 'Cancel job' }).click();
    await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/jp-shots/ask-${at}.png` });
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `/tmp/jp-shots/cancelled-${at}.png`, fullPage: true });
    await page.goto(`${vigia.url}/jobs/7`);
    await page.waitForTimeout(600);
    await page.screenshot({ path: `/tmp/jp-shots/failed-${at}.png`, fullPage: true });
    await page.goto(`${vigia.url}/jobs/6`);
    await page.waitForTimeout(1000);
    await page.screenshot({ path: `/tmp/jp-shots/large-${at}.png`, fullPage: true });
    console.log(at, page.faults);
  }
  await browser.close();
}, 200_000);
