import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { ADA, BOB } from '#lib/jobs/jobs.fixture';
import { lifetimes } from '#lib/keys';
import { createCommandClient } from '#lib/redis';
import { startCollector } from '#runtime/collector/collector';
import { startFunctionsRole } from '#runtime/functions/role';
import { hasSaid, workerSuite } from '#runtime/jobs/worker.fixture';
import { type RedisServer, startRedis } from '../support/redis-server.ts';
import { startFunctionsRuntime } from '../support/role-process.ts';

const { suite, working } = workerSuite();

type Outage = { seconds: number; how: 'stopped' | 'gone'; parts: (server: RedisServer) => Promise<Part[]> };
/** How a part that has run must go on. */
type Part = (redis: Redis) => Promise<void>;

/** Each on a server of its own and all at once, so that the test takes as long as the longest. */
const OUTAGES: readonly Outage[] = [
  { seconds: 5, how: 'stopped', parts: everyPart },
  // Longer than a lease, which the runtime that stands by asks for just before.
  { seconds: 15, how: 'stopped', parts: twoRuntimes },
  { seconds: 20, how: 'gone', parts: everyPart },
  { seconds: 60, how: 'stopped', parts: everyPart },
  { seconds: 60, how: 'gone', parts: everyPart },
];
/** From when Redis answers again. */
const SOON_MS = 5_000;

const BY_THE_CLOCK = {
  file: 'counting.py',
  settings: { FUNCTION_INVOKE: 'tick' },
  source: `import os
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "pid": os.getpid(), "x": event["x"]}
`,
};
const ON_CHANGE = {
  file: 'counting.mjs',
  settings: { FUNCTION_INVOKE: 'change' },
  source: `export function handler(event, { env }) {
  env.n = (env.n ?? 0) + 1;
  return { n: env.n, pid: process.pid, x: event.x };
}
`,
};

type Result = { n: number; pid: number; x: number };

/** A function that has yet to be run, what it has written last, and how it must go on when it has run. */
async function aFunction({ url }: RedisServer, { file, settings, source }: typeof BY_THE_CLOCK) {
  const declared = { FUNCTION_PATH: suite.code(file, source), MONITORING_PERIOD: '0.1', ...settings };
  const { under, input, output, env } = suite.surroundings(declared, url);
  const newest = async (redis = under.redis): Promise<Partial<Result>> => JSON.parse((await redis.get(output)) ?? '{}');
  await under.redis.set(input, '{"x": 0}');
  return {
    under,
    env,
    hasRun: () => expect.poll(() => newest(), { timeout: 15_000 }).toMatchObject({ x: 0 }),
    /** Returns the process that ran it before, and the one that runs it now. */
    async goesOn(redis: Redis) {
      const before = await newest(redis);
      await redis.set(input, '{"x": 1}');
      await expect.poll(() => newest(redis), { timeout: 15_000 }).toMatchObject({ x: 1 });
      const after = await newest(redis);
      expect(after.n).toBeGreaterThan(before.n ?? 0);
      return [before.pid, after.pid];
    },
  };
}

async function runningFunction(server: RedisServer, order: typeof BY_THE_CLOCK): Promise<Part> {
  const { under, hasRun, goesOn } = await aFunction(server, order);
  suite.open.push(await startFunctionsRole(under.config, under.log));
  await hasRun();
  return async (redis) => {
    const [before, after] = await goesOn(redis);
    expect(after).toBe(before);
    expect(under.logged('loaded')).toHaveLength(1);
  };
}

/** A function that one runtime has just said to run, while another one stands by. Whichever has it afterwards, it goes on. */
async function twoRuntimes(server: RedisServer): Promise<Part[]> {
  const { under, env, hasRun, goesOn } = await aFunction(server, BY_THE_CLOCK);
  const start = async (name: string) => {
    const runtime = await startFunctionsRuntime({ ...env, VIGIA_HOME: join(suite.scratch, name) });
    suite.open.push(runtime);
    return runtime;
  };
  await start('first');
  await hasRun();
  await (await start('second')).said('stands by');
  const left = () => under.redis.pttl(under.keys.lease(under.config.function.name));
  await expect.poll(left, { timeout: 15_000, interval: 20 }).toBeGreaterThan(lifetimes.lease - 200);
  return [async (redis) => void (await goesOn(redis))];
}

async function runningCollector({ url }: RedisServer): Promise<Part> {
  const { under } = suite.surroundings({ COLLECT: 'on', COLLECT_PERIOD: '0.2' }, url);
  const redis = createCommandClient({ url }, 'collector', under.log);
  suite.open.push({ [Symbol.asyncDispose]: async () => redis.disconnect() });
  await redis.connect();
  suite.open.push(await startCollector(createContext(under.config, redis, under.log), new AbortController().signal));
  const { key } = under.config.collector;
  await expect.poll(() => under.redis.exists(key), { timeout: 15_000 }).toBe(1);
  return async (redis: Redis) => {
    await redis.del(key);
    await expect.poll(() => redis.exists(key), { timeout: 15_000 }).toBe(1);
  };
}

/** A worker with a job that ends while Redis is away. */
async function runningWorker({ url }: RedisServer): Promise<Part> {
  const { world } = await working({}, url);
  const code = `import os, time\nos.write(1, b"here\\n")\ntime.sleep(2)\nprint("later")`;
  const id = await world.submit(ADA, { code });
  await hasSaid(world, id, 'here');
  return async () => {
    await expect.poll(() => world.ctx.redis.ping().catch(() => null), { timeout: 15_000 }).toBe('PONG');
    const next = await world.submit(BOB, { language: 'bash', code: 'true' });
    expect(await world.ended(next)).toMatchObject({ status: 'DONE' });
    expect(await world.ended(id)).toMatchObject({ status: 'DONE', result: 'here\nlater\n', attempts: 1 });
    await world.expectNothingHeld();
  };
}

function everyPart(server: RedisServer): Promise<Part[]> {
  return Promise.all([
    runningFunction(server, BY_THE_CLOCK),
    runningFunction(server, ON_CHANGE),
    runningCollector(server),
    runningWorker(server),
  ]);
}

/** Takes Redis away, and gives it back with all that it had. */
async function sitOut({ seconds, how }: Outage, server: RedisServer, args: readonly string[]): Promise<void> {
  if (how === 'stopped') process.kill(server.pid, 'SIGSTOP');
  else await server[Symbol.asyncDispose]();
  // The outage itself is what is waited for.
  await delay(seconds * 1_000);
  if (how === 'stopped') process.kill(server.pid, 'SIGCONT');
  else suite.open.unshift(await startRedis({ port: server.port, args }));
}

test('Redis is away for 5 to 60 s, stopped or gone: functions, collector and jobs go on within 5 s, in the same processes', async () => {
  await Promise.all(
    OUTAGES.map(async (outage) => {
      const folder = mkdtempSync(join(suite.scratch, 'redis-'));
      const args = ['--appendonly', 'yes', '--appendfsync', 'always', '--dir', folder];
      const server = await startRedis({ args });
      suite.open.unshift(server);
      const parts = await outage.parts(server);
      await sitOut(outage, server, args);
      const backAt = performance.now();
      await using stack = new AsyncDisposableStack();
      const redis = stack.adopt(new Redis(server.url), async (client) => client.disconnect());
      const took = await Promise.all(
        parts.map(async (goesOn) => {
          await goesOn(redis);
          return Math.round(performance.now() - backAt);
        }),
      );
      for (const ms of took) expect(ms, `${outage.how} for ${outage.seconds} s`).toBeLessThan(SOON_MS);
    }),
  );
}, 120_000);
