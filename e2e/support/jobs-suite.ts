import type { BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, headersOf, type Person } from './accounts.ts';
import { browserSuite } from './browser-suite.ts';
import type { RedisServer } from './redis-server.ts';
import { startRedis } from './redis-server.ts';
import { Vigia } from './vigia.ts';
import { startWebRole, type WebRole } from './web-role.ts';

async function call(url: string, by: Person, method: string, path: string, body?: unknown) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/api/v1${path}`, { method, headers: headersOf(by), ...sent });
  const data = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${JSON.stringify(data)}`);
  return data;
}

/** Jobs of people, at a front door. */
export function jobsAt(url: string) {
  return {
    url,
    async person(name: string): Promise<Person> {
      const { generatedPassword } = await call(url, ADMIN, 'POST', '/users', { name, role: 'user' });
      return { name, password: generatedPassword };
    },
    async submit(by: Person, job: { code: string; language?: string; input?: string }): Promise<number> {
      return (await call(url, by, 'POST', '/jobs', job)).id;
    },
    /** Reads a job until it is so. */
    async until(id: number, is: (job: { status: string; stdout: string }) => boolean): Promise<void> {
      while (!is(await call(url, ADMIN, 'GET', `/jobs/${id}`))) await new Promise((resolve) => setTimeout(resolve, 50));
    },
  };
}

export const hasEnded = ({ status }: { status: string }) => status === 'DONE' || status === 'ERROR';

/** A browser, and a Vigia that runs jobs. */
export function jobsSuite() {
  const pages = browserSuite();
  let vigia: Vigia;
  let made = 0;
  beforeAll(async () => {
    vigia = await Vigia.start({ ADMIN_PASSWORD, ALLOW_UNSANDBOXED: '1' });
  });
  afterAll(() => vigia[Symbol.asyncDispose]());
  return {
    get browser() {
      return pages.browser;
    },
    get jobs() {
      return jobsAt(vigia.url);
    },
    /** Somebody of this test alone, whose list is empty. */
    newPerson: () => jobsAt(vigia.url).person(`person${++made}`),
    /** A page for who signs in. */
    open: (path: string, who: Person = ADMIN, options: BrowserContextOptions = {}) =>
      pages.openAs(vigia, path, who, options),
  };
}

/** A front door with a Redis of its own, and nobody who would run a job. */
export async function startWithoutWorkers(
  settings: Record<string, string> = {},
): Promise<AsyncDisposable & { web: WebRole; redis: RedisServer }> {
  const redis = await startRedis();
  const web = await startWebRole({ REDIS_URL: redis.url, ADMIN_PASSWORD, ...settings });
  return {
    web,
    redis,
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]();
      await redis[Symbol.asyncDispose]();
    },
  };
}

/** Writes a script into the form, and runs it. */
export async function runScript(page: Page, code: string): Promise<void> {
  await page.locator('.cm-content').fill(code);
  await page.getByRole('button', { name: 'Run job' }).click();
}

/** The first row of the list. */
export const newest = (page: Page) => page.locator('.jobs-table tbody tr').first();
