import type { Context } from '#lib/context';

/** Redis answers others between two parts. */
const PART_BYTES = 1024 * 1024;

/** Adds one part to a text that is not whole yet, and that goes if nobody finishes it. */
const PART = `
if redis.call('HEXISTS', KEYS[1], 'parts') == 1 then return 1 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 0
`;

export function partsOf(content: Buffer): number {
  return Math.ceil(content.length / PART_BYTES);
}

/** Writes bytes as the parts 0, 1, 2 … of a hash. It is whole when it says in `parts` how many there are. */
export async function writeParts({ redis }: Context, key: string, content: Buffer, lifetimeMs: number): Promise<void> {
  for (let at = 0, part = 0; at < content.length; at += PART_BYTES, part += 1) {
    const isWhole = await redis.eval(PART, 1, key, part, content.subarray(at, at + PART_BYTES), lifetimeMs);
    if (isWhole === 1) return;
  }
}

/** The same for bytes that nobody keeps: they are whole, and expire. */
export async function lendParts(ctx: Context, key: string, content: Buffer, lifetimeMs: number): Promise<void> {
  await writeParts(ctx, key, content, lifetimeMs);
  await ctx.redis.eval(PART, 1, key, 'parts', partsOf(content), lifetimeMs);
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
