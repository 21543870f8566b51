import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { type RedisServer, startRedis } from './redis-server.ts';
import { RoleUnderTest } from './role-under-test.ts';

/** What each suite of a role has: a Redis, a folder for code, and an end to all that a test has opened. */
export function roleSuite() {
  const scratch = mkdtempSync(join(tmpdir(), 'vigia-test-'));
  const open: AsyncDisposable[] = [];
  let redis: RedisServer;
  let made = 0;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
  });
  afterAll(async () => {
    await redis[Symbol.asyncDispose]();
    rmSync(scratch, { recursive: true });
  });

  return {
    scratch,
    /** Once the first test has begun. */
    get redisUrl() {
      return redis.url;
    },
    /** Disposed of after the test, the last one first. */
    open,
    /** Writes a file of code, and returns its path. */
    code(name: string, source: string | Buffer): string {
      const file = join(scratch, name);
      writeFileSync(file, source);
      return file;
    },
    /** A role's surroundings with keys of their own, on the suite's Redis or another one. */
    surroundings(settings: Record<string, string>, url = redis.url) {
      const own = `test${++made}`;
      const [input, output] = [`${own}-in`, `${own}-out`];
      const under = new RoleUnderTest(url, {
        KEY_PREFIX: `${own}:`,
        REDIS_INPUT_KEY: input,
        REDIS_OUTPUT_KEY: output,
        ...settings,
      });
      open.push(under);
      return { under, input, output };
    },
  };
}
