import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { type FunctionState, functionState } from '#lib/schemas/function';

export type FunctionReading = {
  state: FunctionState;
  /** Whether a runtime says that it runs this function. */
  runtimeAlive: boolean;
  /** Whether a collector says that it writes the function's input key. */
  collectorAlive: boolean;
};

/** One function's state; `not_found` when no runtime has ever declared it. */
export async function readFunction(ctx: Context, { name }: { name: string }): Promise<FunctionReading> {
  const { keys, redis } = ctx;
  const [text, beating] = await withRedis(() =>
    Promise.all([redis.get(keys.functionState(name)), redis.exists(keys.heartbeat(name))]),
  );
  if (text === null) throw new VigiaError('not_found', `There is no function called ${name}`);
  const state = functionState.parse(JSON.parse(text));
  const collecting = await withRedis(() => redis.exists(keys.collector(state.inputKey)));
  return { state, runtimeAlive: beating === 1, collectorAlive: collecting === 1 };
}
