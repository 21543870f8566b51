import type { Context } from '#lib/context';
import { withRedis } from '#lib/redis';

/** Larger inputs are not shown; the runtime refuses them too. */
const SHOWN_BYTES = 256 * 1024;

/** The raw text in an input key right now; null when it is empty, not a string, or too large to show. */
export async function readSample(ctx: Context, { key }: { key: string }): Promise<string | null> {
  const text = await withRedis(() =>
    ctx.redis.getrange(key, 0, SHOWN_BYTES).catch((error: Error) => {
      if (error.message.startsWith('WRONGTYPE')) return '';
      throw error;
    }),
  );
  return text === '' || text.length > SHOWN_BYTES ? null : text;
}
