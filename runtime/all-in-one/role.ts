import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, ConfigError } from '#lib/config';
import { type Log, lineWriter } from '#lib/log';
import { firstAdminMessage } from '#lib/schemas/supervised';
import { startEmbeddedRedis } from './embedded-redis.ts';
import { claimHome } from './home.ts';
import { requirePort } from './port.ts';
import { COMPILED, runRole } from './role-process.ts';
import { takeLeaveFor } from './take-leave.ts';
import { type Running, signInRow, welcome } from './welcome.ts';

/** Names that say less than the REDIS_URL that every role is given, and a port that only one of them could have. */
const REPLACED = ['REDIS_HOST', 'REDIS_IP', 'REDIS_PORT', 'HEALTH_PORT'];

/** `npm start`: an embedded Redis unless there is another one, and every role as a supervised process. */
export async function startAllInOne(
  config: Config,
  log: Log,
  signal: AbortSignal,
  dev: boolean,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  checkFunctionFile(config);
  stack.use(claimHome(config.home));
  const { host } = config.web;
  const port = await requirePort(host, config.web.port);
  const { url, tls } = config.redis;
  const running: Running = { host, port, redis: { url: url ?? '', tls }, config, firstAdmin: null };
  if (url === undefined) {
    const { home, environment } = config;
    const redis = await startEmbeddedRedis({ home, preferredPort: config.redis.embeddedPort, environment, log });
    stack.use(redis);
    running.redis = redis;
  }
  const isOurs = url === undefined;
  const collect = config.collector.mode === 'on' || (config.collector.mode === 'auto' && isOurs);
  const output = { level: config.logLevel, write: await lineWriter(process.stdout.isTTY === true) };
  const env = roleEnvironment(config, running.redis.url, port, collect, dev);
  let welcomed = false;
  const heard = (message: unknown) => {
    const said = firstAdminMessage.safeParse(message);
    if (!said.success) return;
    running.firstAdmin = said.data.firstAdmin;
    // Redis was away when everything started.
    if (welcomed) process.stdout.write(signInRow(said.data.firstAdmin));
  };
  const died = (pid: number) => void takeLeaveFor(pid, running.redis, config.redis.keyPrefix);
  const args = dev ? ['--dev'] : [];
  const { graceMs } = config.jobs;
  const start = (...names: string[]) => {
    const roles = names.map((role) => runRole({ role, args, env, log, output, graceMs, heard, died }));
    stack.defer(async () => {
      await Promise.all(roles.map((role) => role[Symbol.asyncDispose]()));
    });
    return roles.map(({ ready }) => ready);
  };
  // They are stopped in the opposite order: first nobody new comes in, then the jobs and the ticks end, then the samples.
  const starting = [...(collect ? start('collector') : []), ...start('functions', 'jobs'), ...start('web')];
  await Promise.race([
    Promise.all(starting),
    new Promise((stop) => signal.addEventListener('abort', stop, { once: true })),
  ]);
  if (!signal.aborted) process.stdout.write(welcome(running, collect));
  welcomed = true;
  return stack.move();
}

/** Said before anything starts, and not by a role that would try it again and again. */
function checkFunctionFile(config: Config): void {
  const { path } = config.function;
  if (path !== undefined && !existsSync(resolve(path))) {
    throw new ConfigError([`FUNCTION_PATH is ${path}, but there is no such file`]);
  }
}

function roleEnvironment(
  config: Config,
  redisUrl: string,
  port: number,
  collect: boolean,
  dev: boolean,
): Record<string, string> {
  const inherited = Object.entries(config.environment).filter(([name]) => !REPLACED.includes(name));
  return {
    ...Object.fromEntries(inherited),
    REDIS_URL: redisUrl,
    PORT: String(port),
    COLLECT: collect ? 'on' : 'off',
    // Nobody takes over: whoever asks is only told, if that is possible in a moment.
    WEB_GRACE: '0.3',
    NODE_ENV: dev ? 'development' : 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // Compiled code is kept between starts: a second one is twice as fast, and needs a quarter less memory.
    NODE_COMPILE_CACHE: COMPILED,
  };
}
