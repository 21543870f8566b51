/** One function run back to back by the very class that the functions role uses; configured by the environment. */
import { loadConfig } from '#lib/config';
import { createContext } from '#lib/context';
import { pause } from '#lib/lifecycle';
import { createLog, lineWriter } from '#lib/log';
import { connect, createCommandClient, DEFAULT_URL } from '#lib/redis';
import { functionState } from '#lib/schemas/function';
import { builtInCode, declaredFunction, singleFile } from '#runtime/functions/definition';
import { FunctionRunner } from '#runtime/functions/function-runner';
import { Hosts } from '#runtime/functions/hosts/hosts';
import { runBackToBack } from './back-to-back.ts';

const LOAD_TRIES = 2_000;

const config = loadConfig();
const log = createLog('bench', 'silent', await lineWriter(false));
const redisUrl = config.redis.url ?? DEFAULT_URL;
const redis = createCommandClient(redisUrl, 'bench', log);
await connect(redis);
const ctx = createContext(config, redis, log);
const definition = declaredFunction(config, (await singleFile(config)) ?? (await builtInCode()));
await using hosts = new Hosts({ python: config.python, env: config.functionEnv });
await using runner = await FunctionRunner.start({
  ctx,
  definition,
  redisUrl,
  startHost: (order) => hosts.start(order),
});

const step = () => runner.run({ lagMs: 0, missed: 0 });

/** Only invocations that succeeded count, as the function's own state tells them. */
async function succeeded(): Promise<number> {
  const text = await redis.get(ctx.keys.functionState(definition.name));
  if (text === null) return 0;
  const { done, failed } = functionState.parse(JSON.parse(text)).ticks;
  return done - failed;
}

for (let tries = 0; (await succeeded()) === 0; tries += 1) {
  if (tries === LOAD_TRIES) throw new Error('the function does not run');
  await pause(5, AbortSignal.timeout(1_000));
  await step();
}
await runBackToBack(step, succeeded);
redis.disconnect();
