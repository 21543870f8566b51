import type { BrowserContextOptions } from 'playwright';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { ADMIN, ADMIN_PASSWORD, headersOf } from './accounts.ts';
import { browserSuite } from './browser-suite.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { scratchFolder } from './scratch-folder.ts';
import { codeIn } from './settings-controls.ts';
import { Vigia } from './vigia.ts';

/** The page of settings that each test looks at. */
export const PATH = '/functions/default/settings';
export const handlerOf = (body: string) => `def handler(input, context):\n    ${body}\n`;
export const LEVEL = handlerOf('return {"level": input["level"]}');
export const TWICE = handlerOf('return {"level": input["level"] * 2}');

/** A Vigia that runs `LEVEL` from a file, twice a second; after each test it does so again, whatever that has changed. */
export function settingsSuite() {
  const scratch = scratchFolder();
  const pages = browserSuite();
  let redis: RedisServer;
  let vigia: Vigia;

  beforeAll(async () => {
    const file = scratch.write('usermodule.py', LEVEL);
    redis = await startRedis();
    const settings = { REDIS_URL: redis.url, ADMIN_PASSWORD, FUNCTION_PATH: file, MONITORING_PERIOD: '0.5' };
    vigia = await Vigia.start(settings);
    await vigia.redis.set('metrics', '{"level": 10}');
    await vigia.redis.set('other', '{"level": 30}');
  });
  afterAll(async () => {
    await vigia[Symbol.asyncDispose]();
    await redis[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    const overrides = { inputKey: null, outputKey: null, periodMs: null, timeoutMs: null, handler: null };
    await asAdmin('PATCH', '/functions/default/settings', overrides);
    await asAdmin('POST', '/functions/default/rollback', { version: null });
    await expect.poll(liveVersion, { timeout: 30_000 }).toBe(1);
  });

  async function asAdmin(method: string, path: string, body: unknown): Promise<number> {
    const sent = { method, headers: headersOf(ADMIN), body: JSON.stringify(body) };
    return (await fetch(`${vigia.url}/api/v1${path}`, sent)).status;
  }

  async function liveVersion(): Promise<unknown> {
    const { state } = await (await fetch(`${vigia.url}/api/v1/functions/default`)).json();
    return state.versionNumber;
  }

  return {
    scratch: scratch.folder,
    /** Once the first test has begun, as the two below. */
    get browser() {
      return pages.browser;
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
      const page = await pages.openAs(vigia, PATH, { name, password }, options);
      await codeIn(page).waitFor();
      return page;
    },
  };
}
