import type { Config } from '#lib/config';
import { createContext } from '#lib/context';
import type { Log } from '#lib/log';
import { connect, createCommandClient, DEFAULT_URL } from '#lib/redis';
import { builtInCode, declaredFunction, singleFile } from './definition.ts';
import { Hosts } from './hosts/hosts.ts';
import { Schedule } from './schedule.ts';
import { type Machinery, startFunction } from './start-function.ts';

/** Runs the declared function until it is disposed of. */
export async function startFunctionsRole(config: Config, log: Log): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const redisUrl = config.redis.url ?? DEFAULT_URL;
  const redis = createCommandClient(redisUrl, 'functions', log);
  stack.defer(() => redis.disconnect());
  await connect(redis);
  const ctx = createContext(config, redis, log);
  const hosts = stack.use(new Hosts({ python: config.python, env: config.functionEnv }));
  const startHost: Machinery['startHost'] = (order) => hosts.start(order);
  const machinery: Machinery = { ctx, redisUrl, startHost, schedule: stack.use(new Schedule()) };
  const { archive } = config.function;
  if (archive === undefined) {
    const code = (await singleFile(config)) ?? (await builtInCode());
    stack.use(await startFunction(declaredFunction(config, code), machinery));
  } else {
    const { runArchive } = await import('./run-archive.ts');
    stack.use(runArchive(archive, machinery));
  }
  return stack.move();
}
