import type { Redis } from 'ioredis';
import { type FunctionState, functionState } from '#lib/schemas/function';

/** Every state of one function that is written from now on, in order, whoever writes it. */
export async function writtenStates(redis: Redis, key: string): Promise<AsyncDisposable & { all: FunctionState[] }> {
  const all: FunctionState[] = [];
  const monitor = await redis.monitor();
  monitor.on('monitor', (_time: string, [command, written, text]: string[]) => {
    if (command?.toUpperCase() === 'SET' && written === key && text !== undefined)
      all.push(functionState.parse(JSON.parse(unescaped(text))));
  });
  return {
    all,
    async [Symbol.asyncDispose]() {
      monitor.disconnect();
    },
  };
}

/** Redis shows an argument with escapes; the client undoes those of quotes only. */
function unescaped(text: string): string {
  const bytes = text.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, hex: string | undefined, character: string) =>
    hex === undefined ? character : String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString();
}
