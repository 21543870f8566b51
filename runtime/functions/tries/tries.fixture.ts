import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, vi } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { type Trial, tryCode } from '#lib/functions/try-code';
import { updateSettings } from '#lib/functions/update-settings';
import type { Language } from '#lib/schemas/function';
import type { SettingChanges } from '#lib/schemas/settings';
import { tryReport } from '#lib/schemas/try';
import { archiveOf, type Files } from '../../../e2e/support/archives.ts';
import { roleSuite } from '../../../e2e/support/role-suite.ts';
import { startFunctionsRole } from '../role.ts';

export const ADMIN: Caller = { uid: 0, name: 'ana', role: 'admin', via: 'session', credentialId: null };
export const PATIENT = { timeout: 15_000 };

export const file = (language: Language, text: string) => ({ kind: 'file', language, text }) as const;
export const python = (text: string) => file('python', text);
export const GOOD = python('def handler(event, context):\n    return {"x": 1}\n');
const LIVE = `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "x": event["x"]}
`;

/** A function called `live` in many situations, and what tries code for it. */
export function triesSuite() {
  const suite = roleSuite();
  // Other suites have temporary folders as well.
  beforeAll(() => {
    vi.stubEnv('TMPDIR', suite.scratch);
  });

  /** On an input key of its own; no runtime is there yet. */
  async function surroundings({ settings = {}, url }: { settings?: SettingChanges; url?: string } = {}) {
    const { under, input } = suite.surroundings({ MONITORING_PERIOD: '0.1' }, url);
    const ctx = createContext(under.config, under.redis, under.log);
    await under.redis.set(input, '{"x": 20.0}');
    await createFunction(ctx, ADMIN, {
      name: 'live',
      settings: { inputKey: input, periodMs: 100, ...settings },
      code: python(LIVE),
    });
    const tryIt = async (trial: Partial<Trial>) =>
      tryReport.parse(await tryCode(ctx, ADMIN, { name: 'live', ...trial }));
    const start = async () => {
      const role = await startFunctionsRole(under.config, under.log);
      suite.open.push(role);
      return role;
    };
    return { under, ctx, input, tryIt, start };
  }

  return {
    scratch: suite.scratch,
    open: suite.open,
    /** Once the first test has begun. */
    get redisUrl() {
      return suite.redisUrl;
    },
    surroundings,
    /** With a runtime; the function itself is disabled, so that nothing but a try could change anything. */
    async atRest() {
      const around = await surroundings({ settings: { enabled: false } });
      await around.start();
      return around;
    },
    /** The function has run a few times and is disabled now. */
    async ranBefore() {
      const around = await surroundings();
      const { under, ctx } = around;
      const results = await under.results('live');
      await around.start();
      for (let tick = 0; tick < 3; tick += 1) await results.next();
      await updateSettings(ctx, ADMIN, { name: 'live', changes: { enabled: false } });
      await expect.poll(() => under.redis.exists(under.keys.lease('live'))).toBe(0);
      return around;
    },
    archive: (files: Files) =>
      archiveOf(files, join(suite.scratch, `archive-${Object.keys(files).join('-').replaceAll('/', '_')}`)),
    /** The folders that tries have made, and not removed. */
    folders: () => readdirSync(suite.scratch).filter((name) => name.startsWith('vigia-try-')),
  };
}

export type Surroundings = Awaited<ReturnType<ReturnType<typeof triesSuite>['surroundings']>>;

/** What is left of tries in Redis. */
export const left = ({ under }: Surroundings) => under.redis.keys(`${under.config.redis.keyPrefix}{@tries}:*`);

/** A handler that says that it runs, as a file, and then waits for another file, or for ever. */
export const waiting = (started: string, goOn = '/nowhere') =>
  python(`
import os, time
def handler(event, context):
    open(${JSON.stringify(started)}, "w").write(str(os.getpid()))
    while not os.path.exists(${JSON.stringify(goOn)}):
        time.sleep(0.01)
    return {"x": 1}
`);

/** Such a handler has said that it runs. */
export const there = (started: string) =>
  expect.poll(() => existsSync(started) && readFileSync(started, 'utf8') !== '', PATIENT).toBe(true);

/** Its process has ended. */
export async function expectGone(started: string): Promise<void> {
  const pid = Number(readFileSync(started, 'utf8'));
  await expect.poll(() => existsSync(`/proc/${pid}`), PATIENT).toBe(false);
}
