import { AsyncLocalStorage } from 'node:async_hooks';
import type { Redis } from 'ioredis';
import { type Argon2, BoundedArgon2 } from './auth/argon2.ts';
import { ProvenCredentials } from './auth/proven-credentials.ts';
import type { AskerNote } from './auth/request-facts.ts';
import type { Config } from './config.ts';
import { OverviewMemory } from './functions/overview/overview-memory.ts';
import { type Keys, keysFor } from './keys.ts';
import type { Log } from './log.ts';

/**
 * What every verb works with. The last four are here and not in their modules because the pages have modules of their own:
 * so there is one bound and one memory for a process.
 */
export type Context = {
  config: Config;
  redis: Redis;
  keys: Keys;
  log: Log;
  argon2: Argon2;
  provenCredentials: ProvenCredentials;
  overview: OverviewMemory;
  /** Within a request that the front door serves. */
  asker: AsyncLocalStorage<AskerNote>;
};

export function createContext(config: Config, redis: Redis, log: Log): Context {
  return {
    config,
    redis,
    keys: keysFor(config.redis.keyPrefix),
    log,
    argon2: new BoundedArgon2({ atOnce: 2, waiting: 32 }),
    provenCredentials: new ProvenCredentials(),
    overview: new OverviewMemory(),
    asker: new AsyncLocalStorage(),
  };
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
