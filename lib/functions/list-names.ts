import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';

/** The names of all functions, in order. */
export async function listNames({ redis, keys }: Context): Promise<string[]> {
  return (await withRedis(() => redis.hkeys(keys.registry))).sort();
}
