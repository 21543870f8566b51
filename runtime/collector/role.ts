import type { Config } from '#lib/config';
import { createContext } from '#lib/context';
import type { Log } from '#lib/log';
import { connectAtStart, createCommandClient } from '#lib/redis';
import { askRedis } from '#runtime/observe/ask-redis';
import { HealthDoor } from '#runtime/observe/health-door';
import { Presence } from '#runtime/observe/presence';
import { startCollector } from './collector.ts';

/** The collector as a process of its own. Whether `auto` means on is known only to whoever embeds the Redis. */
export async function startCollectorRole(config: Config, log: Log, signal: AbortSignal): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const door = stack.use(await HealthDoor.open(config, log, 'collector'));
  const { mode } = config.collector;
  if (mode !== 'on') {
    log.info(
      mode === 'off'
        ? 'not collecting: COLLECT=off'
        : 'not collecting: COLLECT=auto writes only into the embedded Redis; set COLLECT=on to write into your own',
    );
    door?.started(async () => ({ ready: true, about: { collecting: false } }));
    return stack.move();
  }
  const redis = createCommandClient(config.redis, 'collector', log);
  stack.defer(() => redis.disconnect());
  await connectAtStart(redis);
  const metrics = door === null ? null : new (await import('./sample-metrics.ts')).SampleMetrics(door.registry);
  const ctx = createContext(config, redis, log);
  stack.use(await startCollector(ctx, signal, { metrics }));
  stack.use(new Presence(ctx, 'collector'));
  door?.started(async () => {
    const { answers, about } = await askRedis(redis);
    return { ready: answers, about: { collecting: true, redis: about } };
  });
  stack.defer(() => door?.stopping());
  return stack.move();
}
