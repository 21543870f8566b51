import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';

/**
 * Calls back when one of the keys is written, by anyone. Redis' keyspace notifications say so; where the server forbids
 * to turn them on, the collector's own announcement does, and other writers are found by looking now and then.
 */
export async function watchInputs(
  ctx: Context,
  subscriber: Redis,
  database: number,
  written: ReadonlyMap<string, () => void>,
): Promise<void> {
  const notified = await enableNotifications(ctx);
  const prefix = `__keyspace@${database}__:`;
  subscriber.on('message', (channel: string, message: string) => {
    if (channel === ctx.keys.inputWritten) written.get(message)?.();
    else if (channel.startsWith(prefix) && message === 'set') written.get(channel.slice(prefix.length))?.();
  });
  const channels = notified ? [...written.keys()].map((key) => prefix + key) : [ctx.keys.inputWritten];
  await subscriber.subscribe(...channels);
}

async function enableNotifications({ redis, log }: Context): Promise<boolean> {
  const name = 'notify-keyspace-events';
  try {
    const answer = await redis.config('GET', name);
    const flags = Array.isArray(answer) ? String(answer[1]) : String(Object.values(Object(answer))[0] ?? '');
    if (flags.includes('K') && /[A$]/.test(flags)) return true;
    await redis.config('SET', name, `${flags}K$`);
    log.info(`turned on ${name} in Redis, to run functions as soon as their input is written`);
    return true;
  } catch (error) {
    log.warn(
      { reason: messageOf(error) },
      `Redis does not allow ${name}: only the collector's writes are noticed at once`,
    );
    return false;
  }
}
