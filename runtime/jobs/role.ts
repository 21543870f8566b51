import type { Config } from '#lib/config';
import { createContext } from '#lib/context';
import { consumePermits } from '#lib/jobs/permits';
import { pause } from '#lib/lifecycle';
import type { Log } from '#lib/log';
import { connectAtStart, createCommandClient, createSubscriber } from '#lib/redis';
import { askRedis } from '#runtime/observe/ask-redis';
import { HealthDoor } from '#runtime/observe/health-door';
import { Presence } from '#runtime/observe/presence';
import type { Executor, NoExecutor } from './executors/executor.ts';
import { openLocalExecutor } from './executors/local.ts';
import { JobsWorker } from './worker.ts';

/** How long BullMQ may take to let go of its connections, after the jobs have ended. */
const CLOSE_MS = 500;

/** Runs people's jobs, until it is disposed of. */
export async function startJobsRole(config: Config, log: Log): Promise<AsyncDisposable> {
  const executor = await openLocalExecutor(config);
  const { tier, missing } = executor;
  if (tier === null) log.error({ missing }, 'jobs are refused: nothing here can confine them');
  else log.info({ executor: executor.name, tier, missing }, 'running jobs');
  return await startJobsWorker(config, log, executor);
}

/** The same with an executor of one's own, which it closes in the end. */
export async function startJobsWorker(
  config: Config,
  log: Log,
  executor: Executor | NoExecutor,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await HealthDoor.open(config, log, 'jobs'));
  if (executor.tier !== null) stack.use(executor);
  const redis = createCommandClient(config.redis, 'jobs', log);
  stack.defer(() => redis.disconnect());
  const subscriber = createSubscriber(config.redis, 'jobs', log);
  stack.defer(() => subscriber.disconnect());
  await Promise.all([connectAtStart(redis), connectAtStart(subscriber)]);
  const ctx = createContext(config, redis, log);
  const counted =
    door === null ? executor : (await import('./counted-executor.ts')).countedExecutor(executor, door.registry);
  const worker = new JobsWorker(ctx, subscriber, counted);
  const { concurrency } = config.jobs;
  const permits =
    executor.tier === null
      ? null
      : await consumePermits(ctx, { offer: executor.languages, concurrency, use: () => worker.work() });
  // Takes leave when the last job has ended.
  const python = executor.tier !== null && executor.languages.includes('python') ? 'python3' : undefined;
  stack.use(new Presence(ctx, 'jobs', { load: () => worker.running, ...(python === undefined ? {} : { python }) }));
  const beating = worker.beat();
  stack.defer(async () => {
    const closing = permits?.[Symbol.asyncDispose]();
    await worker.stop();
    await beating;
    await Promise.race([closing, pause(CLOSE_MS, new AbortController().signal)]);
  });
  // One that refuses every job is not ready, so that a rollout that would bring it everywhere stops.
  const { tier, missing } = executor;
  door?.started(async () => {
    const { answers, about } = await askRedis(redis);
    return { ready: answers && tier !== null, about: { redis: about, tier, missing } };
  });
  stack.defer(() => door?.stopping());
  return stack.move();
}
