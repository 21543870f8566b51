import type { Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { createQueueClient, withRedis } from '#lib/redis';
import type { JobLanguage } from '#lib/schemas/job';

/**
 * All that is known of BullMQ. What it carries is not jobs but permits: each says "there may be a job; take the one whose
 * turn it is". Which one that is, is decided when it is taken, so that users get their turns; groups of BullMQ are not free.
 * A permit that is lost or comes twice does no harm: workers grant what is missing, and find nothing to take for the rest.
 * Workers that offer the same languages share a queue, so that no permit goes to one that cannot use it.
 */
const NAME = 'permit';
const MOST_AT_ONCE = 1_000;

/** The languages that a worker runs, in any order. */
type Offer = readonly JobLanguage[];

/** By name, for each connection. Loaded with the first job, as it takes 17 MB. */
const queues = new WeakMap<Redis, Map<string, Promise<Queue>>>();

function queueOf(ctx: Context, offer: Offer): Promise<Queue> {
  const { redis } = ctx;
  const ofConnection = queues.get(redis) ?? new Map<string, Promise<Queue>>();
  queues.set(redis, ofConnection);
  const name = ctx.keys.jobs.permits.queue(offer);
  const known = ofConnection.get(name);
  if (known !== undefined) return known;
  const opening = openQueue(ctx, name);
  ofConnection.set(name, opening);
  // One that was opened while Redis was away would never work.
  opening.catch(() => ofConnection.delete(name));
  return opening;
}

async function openQueue({ redis, keys, log }: Context, name: string): Promise<Queue> {
  const { Queue } = await import('bullmq');
  const queue = new Queue(name, {
    connection: redis,
    prefix: keys.jobs.permits.prefix,
    skipWaitingForReady: true,
    streams: { events: { maxLen: 100 } },
  });
  queue.on('error', (error) => log.debug({ reason: error.message }, 'permits cannot be granted'));
  await queue.waitUntilReady();
  return queue;
}

/** To workers that offer just these languages. */
export async function grantPermits(ctx: Context, offer: Offer, count: number): Promise<void> {
  if (count <= 0) return;
  const permit = { name: NAME, data: null, opts: { attempts: 1, removeOnComplete: true, removeOnFail: true } };
  const permits = Array.from({ length: Math.min(count, MOST_AT_ONCE) }, () => permit);
  await withRedis(async () => await (await queueOf(ctx, offer)).addBulk(permits));
}

/** How many nobody has used yet. */
export async function countPermits(ctx: Context, offer: Offer): Promise<number> {
  return await withRedis(async () => await (await queueOf(ctx, offer)).getWaitingCount());
}

type PermitOptions = {
  offer: Offer;
  /** How many are used at once. */
  concurrency: number;
  /** Called with each permit; it is used up when this has ended, well or not. */
  use: () => Promise<void>;
};

/** Uses permits as they come, until it is disposed of; then waits for those in use. */
export async function consumePermits(
  ctx: Context,
  { offer, concurrency, use }: PermitOptions,
): Promise<AsyncDisposable> {
  const { Worker } = await import('bullmq');
  const { queue, prefix } = ctx.keys.jobs.permits;
  const connection = createQueueClient(ctx.config.redis, 'jobs', ctx.log);
  const used = async () => {
    await use().catch((error) => ctx.log.error({ reason: messageOf(error) }, 'a permit was not used to the end'));
  };
  const worker: Worker = new Worker(queue(offer), used, {
    connection,
    prefix,
    concurrency,
    maxStalledCount: 0,
    stalledInterval: 15_000,
    // How soon it tries again after Redis was away.
    runRetryDelay: 500,
  });
  worker.on('error', (error) => ctx.log.debug({ reason: messageOf(error) }, 'permits do not come'));
  worker.on('failed', () => ctx.log.debug('a permit is forgotten: whoever used it is gone'));
  return {
    async [Symbol.asyncDispose]() {
      await worker.close();
      connection.disconnect();
    },
  };
}
