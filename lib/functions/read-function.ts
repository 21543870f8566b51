import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';
import type { FunctionState } from '#lib/schemas/function';
import { notFound, parseRecord } from './records.ts';
import { parseState, stateOf } from './state-of.ts';

type FunctionReading = {
  state: FunctionState;
  /** Whether a runtime says that it runs this function. */
  runtimeAlive: boolean;
  /** Whether a collector says that it writes the function's input key. */
  collectorAlive: boolean;
};

/** One function's state; `not_found` when nobody has declared or made it. */
export async function readFunction(ctx: Context, { name }: { name: string }): Promise<FunctionReading> {
  const { keys, redis } = ctx;
  const [record, text, held] = await withRedis(() =>
    Promise.all([redis.get(keys.record(name)), redis.get(keys.functionState(name)), redis.exists(keys.lease(name))]),
  );
  if (record === null) throw notFound(name);
  const state = stateOf(parseRecord(record), parseState(text));
  const collecting = await withRedis(() => redis.exists(keys.collector(state.inputKey)));
  return { state, runtimeAlive: held === 1, collectorAlive: collecting === 1 };
}
