import { expect, test } from 'vitest';
import * as z from 'zod';
import { ADMIN, headersOf, pathOf, signIn } from './support/accounts.ts';
import { faultsOf, openPage } from './support/browser.ts';
import { hasEnded, jobsSuite, newest, runScript, startWithoutWorkers } from './support/jobs-suite.ts';
import { until } from './support/until.ts';

const suite = jobsSuite();

const SLOW = 'import time\nprint("first", flush=True)\ntime.sleep(4)\nprint("last")\n';
const FOREVER = 'import time\nprint("here", flush=True)\nwhile True: time.sleep(0.1)\n';
const COUNTING = 'import time\nfor n in range(10**6):\n  print("line", n, flush=True)\n  time.sleep(0.01)\n';

test('a job is submitted, its output follows as it is written, and the list knows how it is', async () => {
  const page = await suite.open('/jobs', await suite.newPerson());
  expect(await page.getByText('No jobs yet.').count()).toBe(1);
  await runScript(page, SLOW);
  const out = page.getByRole('log', { name: 'Output' });
  await until(() => out.textContent()).toContain('first');
  // While it runs: what comes last is not there yet.
  expect(await out.textContent()).not.toContain('last');
  expect(await page.locator('.beside .job-state').textContent()).toBe('RUNNING');
  await until(() => newest(page).textContent()).toContain('RUNNING');
  await until(() => out.textContent()).toContain('last');
  await until(() => page.locator('.beside .job-state').textContent()).toBe('DONE');
  await until(() => newest(page).textContent()).toContain('DONE');
  await until(() => page.locator('.job-counts').textContent()).toMatch(/^0 running0 waiting1 done/);
  expect(await page.locator('.beside dl').textContent()).toContain('Exit code0');
  expect(faultsOf(page)).toEqual([]);
});

test('a script that fails says so in the list and on its page, with what it wrote to each stream', async () => {
  const ada = await suite.newPerson();
  const page = await suite.open('/jobs', ada);
  await runScript(page, 'import sys\nprint("good", flush=True)\nprint("bad", file=sys.stderr)\nsys.exit(3)\n');
  await until(() => newest(page).textContent()).toContain('exit 3');
  await until(() => page.locator('.job-counts').textContent()).toMatch(/^0 running0 waiting1 ended in error/);
  await newest(page).getByRole('link').click();
  await until(() => page.locator('h1').textContent()).toMatch(/^Job \d+$/);
  expect(await page.locator('.job-bar').textContent()).toContain('ERRORexit 3');
  const out = page.getByRole('log', { name: 'Output' });
  expect(await out.locator('.stderr').textContent()).toBe('bad\n');
  await page.getByRole('button', { name: 'stdout' }).click();
  await until(() => out.textContent()).toBe('good\n');
  await page.getByRole('button', { name: 'stderr', exact: true }).click();
  await until(() => out.textContent()).toBe('bad\n');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  expect((await download).suggestedFilename()).toMatch(/^job-\d+-stderr\.txt$/);
  expect(faultsOf(page)).toEqual([]);
});

test('a job is cancelled after a question, run again, and changed before it runs', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: FOREVER, input: 'kept' });
  await suite.jobs.until(id, ({ stdout }) => stdout.includes('here'));
  const page = await suite.open(`/jobs/${id}`, ada);
  expect(await page.getByRole('button', { name: 'Run again' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Cancel job' }).click();
  const question = page.getByRole('dialog', { name: `Cancel job ${id}?` });
  await question.getByRole('button', { name: 'Let it run' }).click();
  await until(() => question.count()).toBe(0);
  expect(await page.locator('.job-bar').textContent()).toContain('RUNNING');
  await page.getByRole('button', { name: 'Cancel job' }).click();
  await question.getByRole('button', { name: 'Cancel job' }).click();
  await until(() => page.locator('.job-bar').textContent()).toMatch(
    /cancelled by person\d+.*\d process(es were| was) killed/,
  );
  await until(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);

  await page.getByRole('button', { name: 'Run again' }).click();
  await until(async () => pathOf(page)).not.toBe(`/jobs/${id}`);
  await until(() => page.getByRole('log').textContent()).toContain('here');
  await page.getByRole('button', { name: 'Cancel job' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click();

  await page.getByRole('link', { name: 'Edit and run' }).click();
  await until(() => page.locator('.cm-content').textContent()).toContain('time.sleep(0.1)');
  expect(await page.getByLabel('Input, read from stdin').inputValue()).toBe('kept');
  await runScript(page, 'print(input())');
  await until(() => page.getByRole('log').textContent()).toContain('kept');
  expect(faultsOf(page)).toEqual([]);
});

test('what is written follows the end until the reader scrolls away, and again when they ask for it', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: COUNTING });
  await suite.jobs.until(id, ({ stdout }) => stdout.includes('line 60'));
  const page = await suite.open(`/jobs/${id}`, ada);
  const out = page.getByRole('log', { name: 'Output' });
  const follow = page.getByLabel('Follow output');
  const below = () => out.evaluate((frame) => frame.scrollHeight - frame.clientHeight - frame.scrollTop);
  await until(() => out.evaluate((frame) => frame.scrollTop)).toBeGreaterThan(0);
  await until(below).toBeLessThan(24);
  expect(await follow.isChecked()).toBe(true);
  await out.hover();
  await page.mouse.wheel(0, -300);
  await until(() => follow.isChecked()).toBe(false);
  const lines = await out.textContent();
  await until(async () => ((await out.textContent()) ?? '').length).toBeGreaterThan((lines?.length ?? 0) + 200);
  expect(await below()).toBeGreaterThan(100);
  await follow.check();
  await until(below).toBeLessThan(24);
  await page.getByRole('button', { name: 'Cancel job' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click();
  await until(() => follow.count()).toBe(0);
});

test('1 MiB of output is there whole, though the page begins with its end', async () => {
  const ada = await suite.newPerson();
  const code = 'for n in range(10**6): print("line", n)';
  const id = await suite.jobs.submit(ada, { code });
  await suite.jobs.until(id, hasEnded);
  const plain = await suite.open(`/jobs/${id}`, ada);
  await until(() => plain.getByRole('log').textContent()).toMatch(/^line 0\n/);
  expect(await plain.getByRole('log').textContent()).toContain('Only the first 1 MiB is kept.');
  expect(await plain.locator('.job-bar').textContent()).toContain('output above 1 MiB');
  expect(faultsOf(plain)).toEqual([]);
});

test('markup and what a terminal would obey are text', async () => {
  const ada = await suite.newPerson();
  const page = await suite.open('/jobs', ada);
  const evil = String.raw`<img src=x onerror="document.title='run'">\x1b[31m\x1b]52;c;aGk=\x07\u202e`;
  await runScript(page, `print("${evil.replaceAll('"', '\\"')}")  # </script><b>bold</b>`);
  const out = page.getByRole('log', { name: 'Output' });
  await until(() => out.textContent()).toContain(
    String.raw`onerror="document.title='run'">\x1b[31m\x1b]52;c;aGk=\x07\u202e`,
  );
  expect(await out.locator('img').count()).toBe(0);
  await newest(page).getByRole('link').click();
  await until(() => page.locator('h1').textContent()).toMatch(/^Job \d/);
  expect(await page.locator('main :is(img, b)').count()).toBe(0);
  expect(await page.title()).toMatch(/^Job \d+ · Vigia$/);
  expect(await page.content()).not.toContain('\u202e');
  expect(faultsOf(page)).toEqual([]);
});

test('somebody else’s job is the same page as one that never was; nobody sees one without signing in', async () => {
  const [ada, bob] = [await suite.newPerson(), await suite.newPerson()];
  const id = await suite.jobs.submit(ada, { code: 'print(1)' });
  const page = await suite.open('/jobs', bob);
  const shown = async (path: string) => {
    const answer = await page.goto(suite.jobs.url + path);
    return [answer?.status(), await page.locator('main').innerHTML()];
  };
  const foreign = await shown(`/jobs/${id}`);
  expect(foreign).toEqual([404, expect.stringContaining('There is no such job')]);
  expect(await shown('/jobs/999999')).toEqual(foreign);
  expect(await shown('/jobs/nonsense')).toEqual(foreign);
  const stranger = await openPage(suite.browser, `${suite.jobs.url}/jobs/${id}`);
  expect(pathOf(stranger)).toBe(`/signin?next=%2Fjobs%2F${id}`);
  await signIn(stranger, suite.jobs, { ...ada, next: `/jobs/${id}` });
  await until(() => stranger.getByRole('log').textContent()).toBe('1\n');
});

test('the list is filtered by its address, with and without JavaScript, and the choice is live', async () => {
  const ada = await suite.newPerson();
  const good = await suite.jobs.submit(ada, { code: 'print(1)' });
  const bad = await suite.jobs.submit(ada, { code: 'exit 4', language: 'bash' });
  for (const id of [good, bad]) await suite.jobs.until(id, hasEnded);
  const page = await suite.open('/jobs', ada);
  const shown = () => page.locator('.jobs-table tbody td:first-child').allTextContents();
  expect(await shown()).toEqual([`${bad}`, `${good}`]);
  await page.getByRole('link', { name: 'Errors' }).click();
  await until(shown).toEqual([`${bad}`]);
  expect(pathOf(page)).toBe('/jobs?status=ERROR');
  await page.locator('.jobs-filter select').selectOption('python');
  await until(async () => pathOf(page)).toBe('/jobs?status=ERROR&language=python');
  await until(() => page.getByText('No job is like this.').count()).toBe(1);
  const later = await suite.jobs.submit(ada, { code: 'raise SystemExit(5)' });
  await until(shown).toEqual([`${later}`]);
  await suite.jobs.submit(ada, { code: 'print(2)' });
  await page.getByRole('link', { name: 'All', exact: true }).click();
  await until(async () => (await shown()).length).toBe(3);

  const state = await page.context().storageState();
  const context = await suite.browser.newContext({ javaScriptEnabled: false, storageState: state });
  const plain = await context.newPage();
  await plain.goto(`${suite.jobs.url}/jobs?status=ERROR&language=bash`);
  expect(await plain.locator('.jobs-table tbody td:first-child').allTextContents()).toEqual([`${bad}`]);
  await plain.goto(`${suite.jobs.url}/jobs/${good}`);
  expect(await plain.locator('.out pre').textContent()).toBe('1\n');
  expect(await plain.locator('.given').textContent()).toContain('print(1)');
});

test('an admin sees everybody’s jobs, and may choose whose', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: 'print(1)' });
  const mine = await fetch(`${suite.jobs.url}/api/v1/session`, { headers: headersOf(ada) });
  const { uid } = z.object({ uid: z.int() }).parse(await mine.json());
  await suite.jobs.submit(ADMIN, { code: 'print(2)' });
  const page = await suite.open('/jobs');
  await page.goto(`${suite.jobs.url}/users/${uid}`);
  expect(pathOf(page)).toBe(`/jobs?uid=${uid}`);
  expect(await page.locator('.jobs-table tbody tr').count()).toBe(1);
  await page.getByLabel('User').selectOption('');
  await until(async () => pathOf(page)).toBe('/jobs');
  await page.getByLabel('User').selectOption(ada.name);
  await until(() => page.locator('.jobs-table tbody tr').count()).toBe(1);
  expect(await newest(page).textContent()).toContain(ada.name);
  await newest(page)
    .getByRole('link', { name: `Job ${id}` })
    .click();
  await until(() => page.getByRole('log').textContent()).toBe('1\n');
});

test('pages come for links within them too, and JSON for other clients, at the same addresses', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: 'print(1)' });
  const page = await suite.open('/account', ada);
  await page.evaluate(() => Reflect.set(window, 'isSame', true));
  await page.getByRole('link', { name: 'Jobs' }).click();
  await newest(page)
    .getByRole('link', { name: `Job ${id}` })
    .click();
  await until(() => page.locator('h1').textContent()).toBe(`Job ${id}`);
  expect(await page.evaluate(() => Reflect.get(window, 'isSame'))).toBe(true);
  const json = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    return [answer.headers.get('content-type'), answer.headers.get('vary')];
  }, `/jobs/${id}`);
  expect(json).toEqual(['application/json', 'Accept']);
  expect(faultsOf(page)).toEqual([]);
});

test('what is written is kept in the tab, and a script may come from a file', async () => {
  const page = await suite.open('/jobs', await suite.newPerson());
  await page.locator('.cm-content').fill('print("kept")');
  await page.getByLabel('Input, read from stdin').fill('so is this');
  await page.reload();
  await until(() => page.locator('.cm-content').textContent()).toBe('print("kept")');
  expect(await page.getByLabel('Input, read from stdin').inputValue()).toBe('so is this');
  await page.getByRole('button', { name: 'Discard' }).click();
  await until(() => page.locator('.cm-content').textContent()).toContain('Hello');
  const file = page.locator('input[type=file]');
  await file.setInputFiles({ name: 'count.sh', mimeType: 'text/x-sh', buffer: Buffer.from('wc -l\n') });
  await until(() => page.locator('.cm-content').textContent()).toContain('wc -l');
  expect(await page.locator('.options select').inputValue()).toBe('bash');
  await file.setInputFiles({ name: 'a.bin', mimeType: 'text/plain', buffer: Buffer.from([0xff, 0xfe, 0]) });
  await until(() => page.locator('.script + .err').textContent()).toBe('This file is not a text in UTF-8.');
  await page.locator('.cm-content').fill(' ');
  await page.getByRole('button', { name: 'Run job' }).click();
  await until(() => page.locator('.script + .err').textContent()).toBe('Write a script, or choose a file.');
});

test('without a worker a job waits and says why; at the quota the form says what to do', async () => {
  await using alone = await startWithoutWorkers({ JOBS_WAITING_PER_USER: '1' });
  const page = await openPage(suite.browser, `${alone.web.url}/signin`);
  await signIn(page, alone.web, { next: '/jobs' });
  await until(() => page.locator('.new-job').textContent()).toContain('No worker is there now');
  expect(await page.locator('.bar').textContent()).toContain('no worker');
  await runScript(page, 'print(1)');
  await until(() => newest(page).textContent()).toContain('no worker runs python');
  await page.getByRole('button', { name: 'Run job' }).click();
  await until(() => page.locator('.new-job [role=alert]').allTextContents()).toContain(
    'The limit of your waiting jobs is reached (1). Wait until some have started, or cancel some.',
  );
  const [job] = await (await fetch(`${alone.web.url}/jobs`, { headers: headersOf(ADMIN) })).json();

  await using other = await page.context().newPage();
  const following = other.waitForResponse((response) => response.url().includes('/output'));
  await other.goto(`${alone.web.url}/jobs/${job.job_id}`);
  await following;
  process.kill(alone.redis.pid, 'SIGSTOP');
  await until(() => other.locator('.output .head').textContent()).toContain('Redis does not answer');
  process.kill(alone.redis.pid, 'SIGCONT');
  await until(() => other.locator('.output .head').textContent()).not.toContain('Redis does not answer');

  await page.getByRole('button', { name: 'Cancel job' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel job' }).click();
  await until(() => newest(page).textContent()).toContain('cancelled by admin');
  expect(job.status).toBe('WAITING');
  expect(faultsOf(page)).toEqual([]);
});

test('who is signed out elsewhere is told so, instead of seeing what was', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: FOREVER });
  const page = await suite.open('/jobs', ada);
  await until(() => page.locator('.pill').textContent()).toBe('Live');
  const other = await page.context().newPage();
  await other.goto(`${suite.jobs.url}/jobs/${id}`);
  await until(() => other.getByRole('log').textContent()).toContain('here');
  await page.evaluate(() => fetch('/api/v1/session', { method: 'DELETE' }));
  await until(() => page.locator('.pill').textContent()).toBe('Sign in again');
  await until(() => other.locator('.output').textContent()).toContain('You are signed out.');
  expect(await other.getByRole('link', { name: 'Sign in again' }).getAttribute('href')).toBe(
    `/signin?next=%2Fjobs%2F${id}`,
  );
});

test('the pages speak Portuguese', async () => {
  const ada = await suite.newPerson();
  const id = await suite.jobs.submit(ada, { code: 'exit 2', language: 'bash' });
  await suite.jobs.until(id, hasEnded);
  const page = await suite.open('/jobs', ada, { locale: 'pt-BR' });
  expect(await newest(page).textContent()).toContain('código de saída 2');
  await until(() => page.locator('.pill').textContent()).toBe('Ao vivo');
  await page.goto(`${suite.jobs.url}/jobs/${id}`);
  expect(await page.locator('.facts').textContent()).toContain('Código de saída2');
});
