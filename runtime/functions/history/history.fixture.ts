import type { Redis } from 'ioredis';
import { type Context, createContext } from '#lib/context';
import { declared } from '../../../e2e/support/declared.ts';
import type { RoleUnderTest } from '../../../e2e/support/role-under-test.ts';

export type RawEntry = { at: number; result?: string; failure?: string; version?: string };

export function contextOf(under: RoleUnderTest, redis: Redis = under.redis): Context {
  return createContext(under.config, redis, under.log);
}

/** Writes a raw history as the runtime would have at those times, a few hundred entries a round trip. */
export async function writeRaw(ctx: Context, name: string, entries: Iterable<RawEntry>): Promise<void> {
  await declared(ctx, name);
  let pipeline = ctx.redis.pipeline();
  for (const { at, result, failure, version = 'v1' } of entries) {
    const outcome =
      failure === undefined ? ['r', result ?? '{}'] : ['e', JSON.stringify({ kind: 'invocation', message: failure })];
    pipeline.xadd(ctx.keys.history(name), `${at}-*`, 'i', at, 'd', 1, 'l', 0, 'v', version, ...outcome);
    if (pipeline.length < 500) continue;
    await pipeline.exec();
    pipeline = ctx.redis.pipeline();
  }
  await pipeline.exec();
}
