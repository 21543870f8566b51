import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { createCommandClient } from '#lib/redis';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { makeFirstAdmin } from './first-admin.ts';

const suite = roleSuite();

test('a first start on a Redis whose memory is full makes the first admin when there is room', async () => {
  const own = await startRedis({ args: ['--maxmemory', '1'] });
  suite.open.push(own);
  const { under } = suite.surroundings({ ADMIN_PASSWORD: 'a password of theirs' }, own.url);
  const redis = createCommandClient(own, 'test', under.log);
  suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
  await redis.connect();
  const ctx = createContext(under.config, redis, under.log);
  await makeFirstAdmin(ctx);
  expect(await redis.exists(ctx.keys.accounts.user(0))).toBe(0);
  await redis.config('SET', 'maxmemory', '0');
  await expect.poll(() => redis.exists(ctx.keys.accounts.user(0)), { timeout: 10_000 }).toBe(1);
});
