import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import { allRecords } from './records.ts';
import { parseState, stateOf } from './state-of.ts';

/** The state of every function, by name. */
export async function listFunctions(ctx: Context): Promise<FunctionState[]> {
  const { keys, redis } = ctx;
  const records = await allRecords(ctx);
  const states = await withRedis(() => Promise.all(records.map(({ name }) => redis.get(keys.functionState(name)))));
  return records.map((record, index) => stateOf(record, parseState(states[index] ?? null)));
}
