import { hostname } from 'node:os';
import type { z } from 'zod';
import type { Context } from '#lib/context';
import { lifetimes } from '#lib/keys';
import type { collectorState } from '#lib/schemas/function';
import { writeSharedKey } from './shared-key.ts';

/** Writes the input key, says who wrote it, and announces it, all at once; throws when Redis did not take all of it. */
export async function writeSample(ctx: Context, text: string): Promise<void> {
  const { config, redis, keys } = ctx;
  const { periodMs, node } = config.collector;
  const key = node === undefined ? config.collector.key : `${config.collector.key}:${node}`;
  const host = node ?? hostname();
  const state: z.infer<typeof collectorState> = { key, host, pid: process.pid, at: Date.now(), periodMs };
  const lifetimeMs = Math.max(lifetimes.collector, Math.ceil(3 * periodMs));
  const replies = await redis
    .multi()
    .set(key, text)
    .set(keys.collector(key), JSON.stringify(state), 'PX', lifetimeMs)
    .publish(keys.inputWritten, key)
    .exec()
    .catch((error: unknown) => {
      throw reasonOf(error);
    });
  for (const [error] of replies ?? []) if (error) throw error;
  if (node !== undefined) await writeSharedKey(ctx, { text, state, lifetimeMs });
}

/** A transaction is refused as "EXECABORT"; the reason is with the first of its commands that was refused. */
function reasonOf(error: unknown): unknown {
  if (!(error instanceof Error && 'previousErrors' in error && Array.isArray(error.previousErrors))) return error;
  return error.previousErrors[0] ?? error;
}
