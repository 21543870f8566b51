import type { Context } from '#lib/context';
import { VigiaError } from '#lib/errors';
import { withRedis } from '#lib/redis';
import { type FunctionRecord, functionRecord } from '#lib/schemas/record';

/** Sets a record only where it is still what the change was based on, tells the runtimes, and keeps the registry in step. */
const SCRIPT = `
local record, registry = KEYS[1], KEYS[2]
local before, after, name, revision, channel = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if (redis.call('GET', record) or '') ~= before then return 0 end
redis.call('SET', record, after)
redis.call('HSET', registry, name, revision)
redis.call('PUBLISH', channel, name)
return 1
`;

/** How often a change that nobody based on a revision is tried again when others change the same record. */
const TRIES = 8;

export type Wanted = Omit<FunctionRecord, 'revision'>;

/** Null when there is no such function. */
export async function findRecord(ctx: Context, name: string): Promise<FunctionRecord | null> {
  const text = await withRedis(() => ctx.redis.get(ctx.keys.record(name)));
  return text === null ? null : parseRecord(text);
}

export async function readRecord(ctx: Context, name: string): Promise<FunctionRecord> {
  const record = await findRecord(ctx, name);
  if (record === null) throw notFound(name);
  return record;
}

export function parseRecord(text: string): FunctionRecord {
  return functionRecord.parse(JSON.parse(text));
}

/**
 * Replaces a record by what `change` makes of it; null stands for one that is not there. A `revision` that is not the
 * record's any more is refused with what is there now. When `change` returns what it was given, nothing is written.
 */
export async function changeRecord(
  ctx: Context,
  name: string,
  change: (record: FunctionRecord | null) => Wanted | Promise<Wanted>,
  revision?: number,
): Promise<FunctionRecord> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const text = await withRedis(() => ctx.redis.get(ctx.keys.record(name)));
    const before = text === null ? null : parseRecord(text);
    if (revision !== undefined && before !== null && before.revision !== revision)
      throw new VigiaError('conflict', `${name} has been changed since: it is at revision ${before.revision}`, {
        current: before,
      });
    const wanted = await change(before);
    if (before !== null && wanted === before) return before;
    const after = { ...wanted, revision: (before?.revision ?? 0) + 1 };
    if (await write(ctx, name, text ?? '', after)) return after;
  }
  throw new VigiaError('unavailable', `${name} is being changed by others at the same time`);
}

async function write(ctx: Context, name: string, before: string, after: FunctionRecord): Promise<boolean> {
  const { redis, keys } = ctx;
  const args = [before, JSON.stringify(after), name, after.revision, keys.registryChanged];
  return (await withRedis(() => redis.eval(SCRIPT, 2, keys.record(name), keys.registry, ...args))) === 1;
}

export function notFound(name: string): VigiaError {
  return new VigiaError('not_found', `There is no function called ${name}`);
}
