import type { Context } from '#lib/context';

/** Redis answers others between two parts. */
const PART_BYTES = 1024 * 1024;

/** Writes bytes as a hash of parts that expires; `parts` is written last: it says that all of them are there. */
export async function writeParts({ redis }: Context, key: string, content: Buffer, lifetimeMs: number): Promise<void> {
  const parts = Math.ceil(content.length / PART_BYTES);
  for (let part = 0; part < parts; part += 1) {
    await redis.hset(key, String(part), content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES));
    await redis.pexpire(key, lifetimeMs);
  }
  await redis.hset(key, 'parts', parts);
}

/** Null when they are not all there. */
export async function readParts({ redis }: Context, key: string): Promise<Buffer | null> {
  const count = await redis.hget(key, 'parts');
  if (count === null) return null;
  const parts: Buffer[] = [];
  for (let part = 0; part < Number(count); part += 1) {
    const bytes = await redis.hgetBuffer(key, String(part));
    if (bytes === null) return null;
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}
