import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import { type FunctionState, functionState } from '#lib/schemas/function';

/** The state of every known function, by name. Names whose state has expired are forgotten on the way. */
export async function listFunctions(ctx: Context): Promise<FunctionState[]> {
  const { keys, redis } = ctx;
  const names = (await withRedis(() => redis.smembers(keys.functions))).sort();
  const texts = await withRedis(() => Promise.all(names.map((name) => redis.get(keys.functionState(name)))));
  const gone = names.filter((_, index) => texts[index] === null);
  if (gone.length > 0) await withRedis(() => redis.srem(keys.functions, ...gone));
  return texts.flatMap((text) => (typeof text === 'string' ? [functionState.parse(JSON.parse(text))] : []));
}
