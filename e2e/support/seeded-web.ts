import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { loadConfig } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { createLog, lineWriter } from '#lib/log';
import { ADMIN_PASSWORD } from './accounts.ts';
import { type RedisServer, startRedis } from './redis-server.ts';
import { type Seed, seedFunctions } from './seeded-functions.ts';
import { startWebRole, type WebRole } from './web-role.ts';

export type SeededWeb = WebRole & { ctx: Context; redis: RedisServer };

/** The front door over functions that stay as they are, but for what a test does to them. */
export async function startSeededWeb(seeds: readonly Seed[]): Promise<SeededWeb> {
  await using stack = new AsyncDisposableStack();
  const home = mkdtempSync(join(tmpdir(), 'vigia-e2e-'));
  stack.defer(() => rmSync(home, { recursive: true }));
  const redis = stack.use(await startRedis());
  const settings = { REDIS_URL: redis.url, VIGIA_HOME: home, ADMIN_PASSWORD };
  const { PATH, HOME } = process.env;
  const client = new Redis(redis.url, { maxRetriesPerRequest: null });
  client.on('error', () => {});
  stack.defer(() => client.disconnect());
  const ctx = createContext(
    loadConfig({ PATH, HOME, ...settings }),
    client,
    createLog('web', 'error', await lineWriter(false)),
  );
  await seedFunctions(ctx, seeds);
  const { url, pid, stop } = stack.use(await startWebRole(settings));
  const owned = stack.move();
  return { url, pid, stop, ctx, redis, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
