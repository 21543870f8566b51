import type { Redis } from 'ioredis';

/** Whether Redis answers now, and how that is said. */
export async function askRedis(redis: Redis): Promise<{ answers: boolean; about: string }> {
  const answers = await redis.ping().then(
    () => true,
    () => false,
  );
  return { answers, about: answers ? 'ok' : 'does not answer' };
}
