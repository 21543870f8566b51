import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import { parseRecord } from './records.ts';
import { parseState, stateOf } from './state-of.ts';

/** The state of every function, by name. */
export async function listFunctions(ctx: Context): Promise<FunctionState[]> {
  const { keys, redis } = ctx;
  const names = (await withRedis(() => redis.hkeys(keys.registry))).sort();
  const readings = await withRedis(() =>
    Promise.all(names.map((name) => Promise.all([redis.get(keys.record(name)), redis.get(keys.functionState(name))]))),
  );
  return readings.flatMap(([record, state]) =>
    record === null ? [] : [stateOf(parseRecord(record), parseState(state))],
  );
}
