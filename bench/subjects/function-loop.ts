/** One function run back to back by the very class that the functions role uses; configured by the environment. */
import { loadConfig } from '#lib/config';
import { findRecord } from '#lib/functions/records';
import { pause } from '#lib/lifecycle';
import { createLog, lineWriter } from '#lib/log';
import { functionState } from '#lib/schemas/function';
import { Declaration } from '#runtime/functions/declared/declaration';
import { FunctionRunner } from '#runtime/functions/function-runner';
import { openMachinery } from '#runtime/functions/machinery';
import { runBackToBack } from './back-to-back.ts';

const LOAD_TRIES = 2_000;

const config = loadConfig();
await using machinery = await openMachinery(config, createLog('bench', 'silent', await lineWriter(false)));
const { redis, keys } = machinery.ctx;
const { name } = config.function;
await using _declaration = new Declaration(machinery);
let record = await findRecord(machinery.ctx, name);
for (; record === null; record = await findRecord(machinery.ctx, name)) await pause(5, AbortSignal.timeout(1_000));
await using runner = await FunctionRunner.start(record, machinery, {
  settingsChanged() {},
  live() {},
  lost() {},
  unserved() {},
});
machinery.schedule.add({ periodMs: runner.lease.periodMs, run: () => runner.beat() });

const step = () => runner.run({ dueAt: Date.now(), lagMs: 0, missed: 0 });

/** Only invocations that succeeded count, as the function's own state tells them. */
async function succeeded(): Promise<number> {
  const text = await redis.get(keys.functionState(name));
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
