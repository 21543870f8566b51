import { hostname } from 'node:os';
import type { z } from 'zod';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import type { collectorState } from '#lib/schemas/function';

/** Writes the input key, says who wrote it, and announces it, all at once; throws when Redis did not take all of it. */
export async function writeSample({ config, redis, keys }: Context, text: string): Promise<void> {
  const { key, periodMs } = config.collector;
  const state: z.infer<typeof collectorState> = { key, host: hostname(), pid: process.pid, at: Date.now(), periodMs };
  const replies = await redis
    .multi()
    .set(key, text)
    .set(keys.collector(key), JSON.stringify(state), 'PX', Math.max(lifetimes.collector, Math.ceil(3 * periodMs)))
    .publish(keys.inputWritten, key)
    .exec()
    .catch((error: unknown) => {
      throw reasonOf(error);
    });
  for (const [error] of replies ?? []) if (error) throw error;
}

/** A transaction is refused as "EXECABORT"; the reason is with the first of its commands that was refused. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors))) return error;
  return error.previousErrors[0] ?? error;
}
