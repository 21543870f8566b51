import { once } from 'node:events';
import { Redis } from 'ioredis';
import { type Context, createContext } from '#lib/context';
import { createCommandClient } from '#lib/redis';
import type { CredentialEnding, Role } from '#lib/schemas/account';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { Caller } from './caller.ts';
import { createUser } from './create-user.ts';
import { parseEnding } from './credential-endings.ts';
import { ensureFirstAdmin } from './ensure-first-admin.ts';

export const ADMIN_PASSWORD = 'correct horse battery';
export const ADMIN: Caller = { uid: 0, name: 'admin', role: 'admin', via: 'password', credentialId: null };
export const HERE = { address: '192.0.2.1', userAgent: 'a browser', requestId: 'request-of-a-test' };

/** A process' context whose runs of argon2, all of them real, are counted. */
export type CountingContext = Context & { argon2Runs: number };

export function counting(ctx: Context): CountingContext {
  const counted = {
    ...ctx,
    argon2Runs: 0,
    argon2: {
      derive(input: Parameters<Context['argon2']['derive']>[0]) {
        counted.argon2Runs += 1;
        return ctx.argon2.derive(input);
      },
    },
  };
  return counted;
}

/** All that somebody finds who can read Redis. */
export async function readEverything({ redis }: Context): Promise<string> {
  await redis.config('SET', 'rdbcompression', 'no');
  const names = await redis.keys('*');
  const contents = await Promise.all(names.map((name) => redis.dump(name)));
  return [...names, ...contents].join('\n');
}

/** Accounts in a real Redis: each test has keys of its own, with the first admin unless told otherwise. */
export function accountsSuite() {
  const suite = roleSuite();
  return {
    suite,
    /** Several contexts on the same accounts are several processes. */
    process(under: ReturnType<typeof suite.surroundings>['under']): CountingContext {
      const redis = createCommandClient(under.config.redis, 'test', under.log);
      suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
      return counting(createContext(under.config, redis, under.log));
    },
    async started(settings: Record<string, string> = { ADMIN_PASSWORD }) {
      const { under } = suite.surroundings(settings);
      const ctx = this.process(under);
      await ctx.redis.connect();
      await ensureFirstAdmin(ctx);
      ctx.argon2Runs = 0;
      return { ctx, under };
    },
    /** Another account, and itself as a caller. */
    async user(ctx: Context, name: string, password: string, role: Role = 'user'): Promise<Caller> {
      const { user } = await createUser(ctx, ADMIN, { name, password, role });
      return { uid: user.uid, name, role, via: 'password', credentialId: null };
    },
    /** What every process is told from now on. */
    async endings(ctx: Context) {
      const subscriber = new Redis(suite.redisUrl);
      suite.open.push({ [Symbol.asyncDispose]: async () => subscriber.disconnect() });
      await subscriber.subscribe(ctx.keys.accounts.endings);
      return {
        /** The one that `work` causes. */
        async causedBy(work: () => Promise<unknown>): Promise<CredentialEnding> {
          const told = once(subscriber, 'message');
          await work();
          const [, message] = await told;
          return parseEnding(message);
        },
      };
    },
  };
}
