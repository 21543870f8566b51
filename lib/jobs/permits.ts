import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { createQueueClient, withRedis } from '#lib/redis';

/**
 * All that is known of BullMQ. What it carries is not jobs but permits: each says "there may be a job; take the one whose
 * turn it is". Which one that is, is decided when it is taken, so that users get their turns; groups of BullMQ are not free.
 * A permit that is lost or comes twice does no harm: workers grant what is missing, and find nothing to take for the rest.
 */
const NAME = 'permit';
const MOST_AT_ONCE = 1_000;

/** One for each connection. Loaded with the first job, as it takes 17 MB. */
const queues = new WeakMap<Redis, Promise<Queue>>();

function queueOf(ctx: Context): Promise<Queue> {
  const { redis } = ctx;
  const known = queues.get(redis);
  if (known !== undefined) return known;
  const opening = openQueue(ctx);
  queues.set(redis, opening);
  // One that was opened while Redis was away would never work.
  opening.catch(() => queues.delete(redis));
  return opening;
}

async function openQueue({ redis, keys, log }: Context): Promise<Queue> {
  const { Queue } = await import('bullmq');
  const { queue: name, prefix } = keys.jobs.permits;
  const queue = new Queue(name, {
    connection: redis,
    prefix,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', (error) => log.debug({ reason: error.message }, 'permits cannot be granted'));
  await queue.waitUntilReady();
  return queue;
}

export async function grantPermits(ctx: Context, count: number): Promise<void> {
  if (count <= 0) return;
  const permit = { name: NAME, data: null, opts: { attempts: 1, removeOnComplete: true, removeOnFail: true } };
  const permits = Array.from({ length: Math.min(count, MOST_AT_ONCE) }, () => permit);
  await withRedis(async () => await (await queueOf(ctx)).addBulk(permits));
}

/** How many nobody has used yet. */
export async function countPermits(ctx: Context): Promise<number> {
  return await withRedis(async () => await (await queueOf(ctx)).getWaitingCount());
}

export type PermitOptions = {
  redisUrl: string;
  /** How many are used at once. */
  concurrency: number;
  /** Called with each permit; it is used up when this resolves or rejects. */
  use: () => Promise<void>;
};

/** Uses permits as they come, until it is disposed of; then waits for those in use. */
export async function consumePermits(
  ctx: Context,
  { redisUrl, concurrency, use }: PermitOptions,
): Promise<AsyncDisposable> {
  const { Worker } = await import('bullmq');
  const { queue: name, prefix } = ctx.keys.jobs.permits;
  const connection = createQueueClient(redisUrl, 'jobs', ctx.log);
  const worker: Worker = new Worker(name, use, {
    connection,
    prefix,
    concurrency,
    maxStalledCount: 0,
    stalledInterval: 15_000,
    // How soon it tries again after Redis was away.
    runRetryDelay: 500,
  });
  worker.on('error', (error) => ctx.log.debug({ reason: messageOf(error) }, 'permits do not come'));
  worker.on('failed', (_permit, error) =>
    ctx.log.error({ reason: messageOf(error) }, 'a permit was not used to the end'),
  );
  return {
    async [Symbol.asyncDispose]() {
      await worker.close();
      connection.disconnect();
    },
  };
}
