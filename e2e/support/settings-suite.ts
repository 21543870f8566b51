import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ADMIN_PASSWORD, signIn } from './accounts.ts';
import { launchBrowser, openPage } from './browser.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { codeIn } from './settings-controls.ts';
import { Vigia } from './vigia.ts';

/** The page of settings that each test looks at. */
export const PATH = '/functions/default/settings';
export const handlerOf = (body: string) => `def handler(input, context):\n    ${body}\n`;
export const LEVEL = handlerOf('return {"level": input["level"]}');
export const TWICE = handlerOf('return {"level": input["level"] * 2}');

/** A Vigia that runs `LEVEL` from a file, twice a second; after each test it does so again, whatever that has changed. */
export function settingsSuite() {
  const scratch = mkdtempSync(join(tmpdir(), 'vigia-settings-'));
  let browser: Browser;
  let redis: RedisServer;
  let vigia: Vigia;

  beforeAll(async () => {
    const file = join(scratch, 'usermodule.py');
    writeFileSync(file, LEVEL);
    browser = await launchBrowser();
    redis = await startRedis();
    const settings = { REDIS_URL: redis.url, ADMIN_PASSWORD, FUNCTION_PATH: file, MONITORING_PERIOD: '0.5' };
    vigia = await Vigia.start(settings);
    await vigia.redis.set('metrics', '{"level": 10}');
    await vigia.redis.set('other', '{"level": 30}');
  });
  afterAll(async () => {
    await vigia[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
    await browser.close();
    rmSync(scratch, { recursive: true });
  });
  afterEach(async () => {
    const overrides = { inputKey: null, outputKey: null, periodMs: null, timeoutMs: null, handler: null };
    await asAdmin('PATCH', '/functions/default/settings', overrides);
    await asAdmin('POST', '/functions/default/rollback', { version: null });
    await expect.poll(liveVersion, { timeout: 30_000 }).toBe(1);
  });

  async function asAdmin(method: string, path: string, body: unknown): Promise<number> {
    const authorization = `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}`;
    const headers = { authorization, 'content-type': 'application/json' };
    return (await fetch(`${vigia.url}/api/v1${path}`, { method, headers, body: JSON.stringify(body) })).status;
  }

  async function liveVersion(): Promise<unknown> {
    const { state } = await (await fetch(`${vigia.url}/api/v1/functions/default`)).json();
    return state.versionNumber;
  }

  return {
    scratch,
    /** Once the first test has begun, as the two below. */
    get browser() {
      return browser;
    },
    get redis() {
      return redis;
    },
    get vigia() {
      return vigia;
    },
    /** Returns the status of the answer. */
    asAdmin,
    /** The page of settings, for who signs in. */
    async openSettings(name = 'admin', password = ADMIN_PASSWORD, options: BrowserContextOptions = {}) {
      const page = await openPage(browser, `${vigia.url}/signin`, options);
      await signIn(page, vigia, { name, password, next: PATH });
      await codeIn(page).waitFor();
      return page;
    },
  };
}
