import { afterAll, afterEach, beforeAll } from 'vitest';
import { type RedisServer, startRedis } from './redis-server.ts';
import { RoleUnderTest } from './role-under-test.ts';
import { scratchFolder } from './scratch-folder.ts';

/** What each suite of a role has: a Redis, a folder for code, and an end to all that a test has opened. */
export function roleSuite() {
  const { folder: scratch, write: code } = scratchFolder();
  const open: AsyncDisposable[] = [];
  let redis: RedisServer;
  let made = 0;

  beforeAll(async () => {
    redis = await startRedis();
  });
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each[Symbol.asyncDispose]();
  });
  afterAll(() => redis[Symbol.asyncDispose]());

  return {
    scratch,
    /** Once the first test has begun. */
    get redisUrl() {
      return redis.url;
    },
    /** Disposed of after the test, the last one first. */
    open,
    /** Writes a file of code, and returns its path. */
    code,
    /** A role's surroundings with keys of their own, on the suite's Redis or another one; `env` is for a role's process. */
    surroundings(settings: Record<string, string>, url = redis.url) {
      const own = `test${++made}`;
      const [input, output] = [`${own}-in`, `${own}-out`];
      const named = { KEY_PREFIX: `${own}:`, REDIS_INPUT_KEY: input, REDIS_OUTPUT_KEY: output, ...settings };
      const under = new RoleUnderTest(url, named);
      open.push(under);
      const env = { PATH: process.env.PATH ?? '', REDIS_URL: url, VIGIA_HOME: scratch, ...named };
      return { under, input, output, env };
    },
  };
}
