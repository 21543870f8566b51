import { expect, test } from 'vitest';
import { loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { createLog } from '#lib/log';
import { connect, createCommandClient } from '#lib/redis';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { once } from './idempotency.ts';

const DONE = { status: 201, headers: {}, body: 'done' };

test('what Redis was asked while it stood still, and does when it goes on, holds nobody up', async () => {
  await using redis = await startRedis();
  const config = loadConfig({ REDIS_URL: redis.url });
  const log = createLog('web', 'silent', () => {});
  const client = createCommandClient({ url: redis.url, tls: config.redis.tls }, 'web', log);
  await connect(client);
  const ctx = createContext(config, client, log);
  const ask = () => once(ctx, { uid: 1, key: 'k', wants: ['the same'] }, async () => DONE);
  process.kill(redis.pid, 'SIGSTOP');
  try {
    await expect(ask()).rejects.toMatchObject({ code: 'unavailable' });
  } finally {
    process.kill(redis.pid, 'SIGCONT');
  }
  await expect.poll(() => client.ping().catch(() => null)).toBe('PONG');
  expect(await ask()).toEqual(DONE);
  client.disconnect();
});
