import type { Redis } from 'ioredis';
import type { Config } from './config.ts';
import { type Keys, keysFor } from './keys.ts';
import type { Log } from './log.ts';

/** What every verb works with. */
export type Context = { config: Config; redis: Redis; keys: Keys; log: Log };

export function createContext(config: Config, redis: Redis, log: Log): Context {
  return { config, redis, keys: keysFor(config.redis.keyPrefix), log };
}
