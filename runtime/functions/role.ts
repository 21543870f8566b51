import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Config } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { messageOf } from '#lib/errors';
import { lifetimes } from '#lib/keys';
import type { Log } from '#lib/log';
import { connect, createCommandClient, createSubscriber, DEFAULT_URL } from '#lib/redis';
import { type Definition, declaredFunction } from './definition.ts';
import { FunctionRunner } from './function-runner.ts';
import { rollUpTask } from './history/roll-up-task.ts';
import type { Host, HostOrder } from './hosts/host.ts';
import { JavaScriptHosts } from './hosts/javascript/javascript-hosts.ts';
import { startPythonHost } from './hosts/python/python-host.ts';
import { watchInputs } from './input-events.ts';
import { OnChange } from './on-change.ts';
import { Schedule, type Task } from './schedule.ts';

/** While there is no input yet, it is looked for more often than every period: a first sample shows at once. */
const FIRST_INPUT_MS = 500;
/** Where Redis does not tell of writes, and against a lost message. */
const LOOK_MS = 5_000;

/** Runs the declared function until it is disposed of. */
export async function startFunctionsRole(config: Config, log: Log): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const redisUrl = config.redis.url ?? DEFAULT_URL;
  const redis = createCommandClient(redisUrl, 'functions', log);
  stack.defer(() => redis.disconnect());
  await connect(redis);
  const ctx = createContext(config, redis, log);
  warnOfWhatIsIgnored(config, log);
  const definition = await declaredFunction(config);
  const javaScriptHosts = stack.use(new JavaScriptHosts(config.functionEnv));
  const startHost = (order: HostOrder): Promise<Host> =>
    definition.language === 'python'
      ? startPythonHost(order, config.python, config.functionEnv)
      : javaScriptHosts.start(order);
  const runner = stack.use(await FunctionRunner.start({ ctx, definition, redisUrl, startHost }));
  const schedule = stack.use(new Schedule());
  schedule.add(heartbeatTask(runner, log));
  schedule.add(rollUpTask(ctx, definition.name));
  if (definition.invoke === 'tick') schedule.add(tickTask(runner));
  else await runOnChange(ctx, definition, runner, schedule, redisUrl, stack);
  return stack.move();
}

function tickTask(runner: FunctionRunner): Task {
  return {
    get periodMs() {
      return runner.waiting ? Math.min(FIRST_INPUT_MS, runner.periodMs) : runner.periodMs;
    },
    run: (due) => runner.run(due),
  };
}

async function runOnChange(
  ctx: Context,
  definition: Definition,
  runner: FunctionRunner,
  schedule: Schedule,
  redisUrl: string,
  stack: AsyncDisposableStack,
): Promise<void> {
  const trigger = stack.use(new OnChange(runner));
  const subscriber = createSubscriber(redisUrl, 'functions', ctx.log);
  stack.defer(() => subscriber.disconnect());
  await connect(subscriber);
  const database = Number(new URL(redisUrl).pathname.slice(1)) || 0;
  void watchInputs(ctx, subscriber, database, new Map([[definition.inputKey, () => trigger.written()]])).catch(
    (error: unknown) => ctx.log.error({ reason: messageOf(error) }, 'cannot watch the input key'),
  );
  schedule.add({
    get periodMs() {
      return runner.waiting ? FIRST_INPUT_MS : LOOK_MS;
    },
    async run() {
      const changed = await runner.inputHasChanged().catch(() => false);
      if (changed) trigger.written();
    },
  });
}

function heartbeatTask(runner: FunctionRunner, log: Log): Task {
  const identity = { instance: randomBytes(6).toString('hex'), host: hostname(), pid: process.pid };
  return {
    periodMs: lifetimes.heartbeat / 3,
    async run() {
      await runner.beat({ ...identity, at: Date.now() }).catch((error: unknown) => {
        log.debug({ reason: messageOf(error) }, 'no heartbeat');
      });
    },
  };
}

function warnOfWhatIsIgnored({ function: { archive, isolation } }: Config, log: Log): void {
  if (archive !== undefined)
    log.warn(`archives are not loaded yet: ${archive} is left out and the single file runs instead`);
  if (isolation === 'shared') log.warn('FUNCTION_ISOLATION=shared runs as own for now');
}
