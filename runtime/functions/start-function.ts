import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { connect, createSubscriber } from '#lib/redis';
import type { Definition } from './definition.ts';
import { FunctionRunner, type RunnerOptions } from './function-runner.ts';
import { heartbeatTask } from './heartbeat.ts';
import { rollUpTask } from './history/roll-up-task.ts';
import { watchInputs } from './input-events.ts';
import { OnChange } from './on-change.ts';
import type { Schedule, Task } from './schedule.ts';

/** While there is no input yet, it is looked for more often than every period: a first sample shows at once. */
const FIRST_INPUT_MS = 500;
/** Where Redis does not tell of writes, and against a lost message. */
const LOOK_MS = 5_000;
/** How late the message of a write may come. */
const LATE_MS = 100;

/** What every function of this process is run with. */
export type Machinery = Pick<RunnerOptions, 'ctx' | 'redisUrl' | 'startHost'> & { schedule: Schedule };

/** Starts a function: its host, its heartbeat and what calls it. Disposing of it ends all of them. */
export async function startFunction(definition: Definition, machinery: Machinery): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  const { ctx, redisUrl, startHost, schedule } = machinery;
  const runner = stack.use(await FunctionRunner.start({ ctx, definition, redisUrl, startHost }));
  const add = (task: Task) => {
    const entry = schedule.add(task);
    stack.defer(() => entry.remove());
  };
  add(heartbeatTask(runner, ctx.log));
  add(rollUpTask(ctx, definition.name));
  if (definition.invoke === 'tick') add(tickTask(runner));
  else add(await watchTask(ctx, definition, runner, redisUrl, stack));
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

/** Redis tells of writes; this task finds what it does not tell of. */
async function watchTask(
  ctx: Context,
  definition: Definition,
  runner: FunctionRunner,
  redisUrl: string,
  stack: AsyncDisposableStack,
): Promise<Task> {
  const trigger = stack.use(new OnChange(runner));
  const subscriber = createSubscriber(redisUrl, 'functions', ctx.log);
  stack.defer(() => subscriber.disconnect());
  await connect(subscriber);
  const database = Number(new URL(redisUrl).pathname.slice(1)) || 0;
  void watchInputs(ctx, subscriber, database, new Map([[definition.inputKey, () => trigger.written()]])).catch(
    (error: unknown) => ctx.log.error({ reason: messageOf(error) }, 'cannot watch the input key'),
  );
  return {
    get periodMs() {
      return runner.waiting ? FIRST_INPUT_MS : LOOK_MS;
    },
    async run() {
      // Only what is still there after a moment was missed: the message of a write may be on its way, its run under way.
      const missed = async () => !trigger.busy && (await runner.inputHasChanged().catch(() => false));
      if (!(await missed())) return;
      await delay(LATE_MS);
      if ((await missed()) && !trigger.busy) trigger.written();
    },
  };
}
