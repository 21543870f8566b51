import type { Redis } from 'ioredis';
import { type FunctionState, functionState } from '#lib/schemas/function';

/** Every state of one function that is written from now on, in order, whoever writes it. */
export async function writtenStates(redis: Redis, key: string): Promise<AsyncDisposable & { all: FunctionState[] }> {
  const all: FunctionState[] = [];
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, [command, written, text]: string[]) => {
    if (command?.toUpperCase() === 'SET' && written === key && text !== undefined)
      all.push(functionState.parse(JSON.parse(text)));
  });
  return {
    all,
    async [Symbol.asyncDispose]() {
      monitor.disconnect();
    },
  };
}
