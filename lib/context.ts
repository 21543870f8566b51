import type { Redis } from 'ioredis';
import type { Config } from './config.ts';
import { type Keys, keysFor } from './keys.ts';
import type { Log } from './log.ts';

/** What every verb works with. */
export type Context = { config: Config; redis: Redis; keys: Keys; log: Log };

export function createContext(config: Config, redis: Redis, log: Log): Context {
  return { config, redis, keys: keysFor(config.redis.keyPrefix), log };
}

const SHARED = Symbol.for('vigia.context');
// The one place that knows what stands under this symbol.
const holder = globalThis as { [SHARED]?: Context };

/** Lends this process' context to the pages, which Next bundles apart from everything else. */
export function shareContext(ctx: Context): void {
  holder[SHARED] = ctx;
}

export function sharedContext(): Context | undefined {
  return holder[SHARED];
}
