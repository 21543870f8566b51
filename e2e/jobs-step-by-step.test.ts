import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { appendOutput } from '#lib/jobs/append-output';
import { endJob } from '#lib/jobs/end-job';
import { handBackJob } from '#lib/jobs/hand-back-job';
import { holdJobs } from '#lib/jobs/hold-jobs';
import { END, workerOf } from '#lib/jobs/jobs.fixture';
import { takeJob } from '#lib/jobs/take-job';
import { createCommandClient } from '#lib/redis';
import { faultsOf } from './support/browser.ts';
import { browserSuite } from './support/browser-suite.ts';
import { newest, startWithoutWorkers } from './support/jobs-suite.ts';
import { RoleUnderTest } from './support/role-under-test.ts';
import { until } from './support/until.ts';

// Each step of a worker is the test's: nothing runs that could be faster or slower.

const { openAs } = browserSuite();

async function stepByStep() {
  const alone = await startWithoutWorkers();
  const under = new RoleUnderTest(alone.redis.url, {});
  const redis = createCommandClient(alone.redis, 'test', under.log);
  await redis.connect();
  const ctx = createContext(under.config, redis, under.log);
  const page = await openAs(alone.web, '/jobs');
  return {
    ctx,
    page,
    url: alone.web.url,
    async take(run: string) {
      const order = { run, executor: 'local', tier: 'landlock', languages: ['python'] } as const;
      const job = await takeJob(ctx, order);
      if (job === null) throw new Error('nothing waits');
      return { id: job.id, run };
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect();
      await under[Symbol.asyncDispose]();
      await alone[Symbol.asyncDispose]();
    },
  };
}

test('the output of a job that is started again begins anew', async () => {
  await using it = await stepByStep();
  const { ctx, page, url } = it;
  await page.getByLabel('Start again if its worker is lost').check();
  await page.getByRole('button', { name: 'Run job' }).click();
  await until(() => page.locator('.beside .job-state').textContent()).toBe('WAITING');
  const out = page.getByRole('log', { name: 'Output' });
  await until(() => out.textContent()).toContain('It has not started yet');

  const first = await it.take('a:1');
  await until(() => page.locator('.beside .job-state').textContent()).toBe('RUNNING');
  await appendOutput(ctx, { ...first, piece: 1, segments: [{ stream: 'stdout', text: 'half of' }] });
  await until(() => out.textContent()).toBe('half of');
  expect(await handBackJob(ctx, first, 'its worker is gone')).toBe(true);
  await until(() => page.locator('.beside .job-state').textContent()).toBe('WAITING');

  const second = await it.take('b:1');
  await appendOutput(ctx, { ...second, piece: 1, segments: [{ stream: 'stdout', text: 'all of it\n' }] });
  await until(() => out.textContent()).toBe('all of it\n');
  await until(() => newest(page).textContent()).toContain('attempt 2');
  await endJob(ctx, second, END);
  await until(() => page.locator('.beside .job-state').textContent()).toBe('DONE');
  await page.goto(`${url}/jobs/${second.id}`);
  expect(await page.locator('.facts').textContent()).toContain('Attempts2');
  expect(faultsOf(page)).toEqual([]);
});

test('a job that is lost says with what, and one that waits what for', async () => {
  await using it = await stepByStep();
  const { page, url } = it;
  await page.getByRole('button', { name: 'Run job' }).click();
  await until(() => newest(page).textContent()).toContain('no worker runs python');
  await holdJobs(it.ctx, workerOf(['python']), []);
  // No job has moved: it is the queue that tells it.
  await until(() => newest(page).textContent()).toContain('waits for its turn');
  await handBackJob(it.ctx, await it.take('a:1'), 'its worker is gone');
  await until(() => newest(page).textContent()).toContain('lost: its worker is gone');
  await page.goto(`${url}/jobs/1`);
  expect(await page.locator('.job-bar').textContent()).toContain('ERRORlost: its worker is gone');

  // As another version may have stored it.
  await it.ctx.redis.hset(it.ctx.keys.jobs.job(1), 'status', 'PAUSED');
  await page.goto(`${url}/jobs`);
  const notShown = '1 job was stored by another version, and cannot be shown.';
  expect(await page.locator('.panel .none').allTextContents()).toEqual([notShown]);
});

test('a language that no worker has is wrong before it is sent, and while it is', async () => {
  await using it = await stepByStep();
  const { page } = it;
  const worker = workerOf(['python']);
  await holdJobs(it.ctx, worker, []);
  const language = page.locator('.options select');
  await language.selectOption('bash');
  const said = 'No worker runs bash now. Choose python, or start a worker that has bash.';
  await until(async () => {
    await holdJobs(it.ctx, worker, []);
    return page.locator('.options .err').textContent();
  }).toBe(said);
  await page.getByRole('button', { name: 'Run job' }).click();
  await until(() => page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('language');
  expect(await page.locator('.options .err').textContent()).toBe(said);
  expect(faultsOf(page).filter((fault) => !fault.includes('503'))).toEqual([]);
});
