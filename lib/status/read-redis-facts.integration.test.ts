import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { readRedisFacts } from './read-redis-facts.ts';

const suite = roleSuite();

test('it is told how much memory there is, what happens at its end, and what survives', async () => {
  await using server = await startRedis();
  const { under } = suite.surroundings({}, server.url);
  const ctx = createContext(under.config, under.redis, under.log);
  const first = await readRedisFacts(ctx);
  expect(first).toMatchObject({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    memoryLimitBytes: null,
    eviction: 'noeviction',
    appendOnly: 'off',
    snapshot: { ok: true, at: expect.any(Number) },
  });
  expect(first.memoryBytes).toBeGreaterThan(100_000);
  expect(first.clients).toBeGreaterThan(0);
  expect(Math.abs(Date.now() - first.snapshot.at)).toBeLessThan(60_000);

  await under.redis.set('some', 'thing');
  expect((await readRedisFacts(ctx)).snapshot.changesSince).toBe(first.snapshot.changesSince + 1);
  await under.redis.config('SET', 'maxmemory', '104857600', 'maxmemory-policy', 'allkeys-lru', 'appendonly', 'yes');
  expect(await readRedisFacts(ctx)).toMatchObject({
    memoryLimitBytes: 104_857_600,
    eviction: 'allkeys-lru',
    appendOnly: 'ok',
  });
});
