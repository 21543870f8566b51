import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { createContext } from '#lib/context';
import { ADA, BOB } from '#lib/jobs/jobs.fixture';
import { createCommandClient } from '#lib/redis';
import { startCollector } from '#runtime/collector/collector';
import { startFunctionsRole } from '#runtime/functions/role';
import { hasSaid, workerSuite } from '#runtime/jobs/worker.fixture';
import { type RedisServer, startRedis } from '../support/redis-server.ts';

const { suite, working } = workerSuite();

type Outage = { seconds: number; how: 'stopped' | 'gone' };

/** Each on a server of its own and all at once, so that the test takes as long as the longest. */
const OUTAGES: readonly Outage[] = [
  { seconds: 5, how: 'stopped' },
  { seconds: 20, how: 'gone' },
  { seconds: 60, how: 'stopped' },
  { seconds: 60, how: 'gone' },
];
/** From when Redis answers again. */
const SOON_MS = 5_000;

const FUNCTIONS = [
  {
    file: 'counting.py',
    settings: { FUNCTION_INVOKE: 'tick' },
    source: `import os
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "pid": os.getpid(), "x": event["x"]}
`,
  },
  {
    file: 'counting.mjs',
    settings: { FUNCTION_INVOKE: 'change' },
    source: `export function handler(event, { env }) {
  env.n = (env.n ?? 0) + 1;
  return { n: env.n, pid: process.pid, x: event.x };
}
`,
  },
];

type Result = { n: number; pid: number; x: number };

/** A function that has run, and how it must go on. */
async function runningFunction({ url }: RedisServer, { file, settings, source }: (typeof FUNCTIONS)[number]) {
  const declared = { FUNCTION_PATH: suite.code(file, source), MONITORING_PERIOD: '0.1', ...settings };
  const { under, input, output } = suite.surroundings(declared, url);
  const newest = async (): Promise<Partial<Result>> => JSON.parse((await under.redis.get(output)) ?? '{}');
  await under.redis.set(input, '{"x": 0}');
  suite.open.push(await startFunctionsRole(under.config, under.log));
  await expect.poll(newest, { timeout: 15_000 }).toMatchObject({ x: 0 });
  return async (redis: Redis) => {
    const { n = 0, pid } = JSON.parse((await redis.get(output)) ?? '{}');
    await redis.set(input, '{"x": 1}');
    const after = async (): Promise<Partial<Result>> => JSON.parse((await redis.get(output)) ?? '{}');
    await expect.poll(after, { timeout: 15_000 }).toMatchObject({ x: 1, pid });
    expect((await after()).n).toBeGreaterThan(n);
    expect(under.logged('loaded')).toHaveLength(1);
  };
}

async function runningCollector({ url }: RedisServer) {
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
async function runningWorker({ url }: RedisServer) {
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

/** Takes Redis away, and gives it back with all that it had. */
async function sitOut({ seconds, how }: Outage, server: RedisServer, args: readonly string[]): Promise<void> {
  if (how === 'stopped') process.kill(server.pid, 'SIGSTOP');
  else await server[Symbol.asyncDispose]();
  // The outage itself is what is waited for.
  await delay(seconds * 1_000);
  if (how === 'stopped') process.kill(server.pid, 'SIGCONT');
  else suite.open.unshift(await startRedis({ port: server.port, args }));
}

test('Redis is away for 5, 20 or 60 s, stopped or gone: functions, collector and jobs go on within 5 s, in the same processes', async () => {
  await Promise.all(
    OUTAGES.map(async (outage) => {
      const folder = mkdtempSync(join(suite.scratch, 'redis-'));
      const args = ['--appendonly', 'yes', '--appendfsync', 'always', '--dir', folder];
      const server = await startRedis({ args });
      suite.open.unshift(server);
      const parts = await Promise.all([
        ...FUNCTIONS.map((each) => runningFunction(server, each)),
        runningCollector(server),
        runningWorker(server),
      ]);
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
