import type { Config } from '#lib/config';
import { createContext } from '#lib/context';
import type { Log } from '#lib/log';
import { connect, createCommandClient, DEFAULT_URL } from '#lib/redis';
import { startCollector } from './collector.ts';

/** The collector as a process of its own. Whether `auto` means on is known only to whoever embeds the Redis. */
export async function startCollectorRole(config: Config, log: Log, signal: AbortSignal): Promise<AsyncDisposable> {
  const { mode } = config.collector;
  if (mode !== 'on') {
    log.info(
      mode === 'off'
        ? 'not collecting: COLLECT=off'
        : 'not collecting: COLLECT=auto writes only into the embedded Redis; set COLLECT=on to write into your own',
    );
    return { async [Symbol.asyncDispose]() {} };
  }
  const redis = createCommandClient(config.redis.url ?? DEFAULT_URL, 'collector', log);
  await connect(redis);
  const collector = await startCollector(createContext(config, redis, log), signal);
  return {
    async [Symbol.asyncDispose]() {
      await collector[Symbol.asyncDispose]();
      redis.disconnect();
    },
  };
}
