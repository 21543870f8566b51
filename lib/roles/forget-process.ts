import type { Context } from '#lib/context';
import { roleProcess } from '#lib/schemas/role';
import { sayGoodbye } from './say-alive.ts';

/**
 * Takes leave for a process that has ended without doing so. Only whoever started it knows that at once; all others have
 * to wait whether it says something again.
 */
export async function forgetProcess(
  ctx: Pick<Context, 'redis' | 'keys'>,
  { host, pid }: { host: string; pid: number },
): Promise<void> {
  const texts = await ctx.redis.hvals(ctx.keys.processes.said);
  const known = texts.flatMap((text) => roleProcess.safeParse(JSON.parse(text)).data ?? []);
  const gone = known.filter((each) => each.host === host && each.pid === pid);
  await Promise.all(gone.map(({ instance }) => sayGoodbye(ctx, instance)));
}
