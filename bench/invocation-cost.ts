/**
 * What the records of one function's invocations cost: in Redis when all of them are there, and in the runtime for each
 * invocation. `node bench/invocation-cost.ts`; needs a `redis-server`.
 */
import { readFileSync } from 'node:fs';
import { Redis } from 'ioredis';
import { loadConfig } from '#lib/config';
import { type Context, createContext } from '#lib/context';
import { createLog } from '#lib/log';
import { InvocationRecorder } from '#runtime/functions/invocations/invocation-recorder';
import { Pulse } from '#runtime/functions/invocations/pulse';
import { startRedis } from '../e2e/support/redis-server.ts';

const INVOCATIONS = 1_000;
const BACK_TO_BACK = 20_000;

const samples = readFileSync(new URL('../e2e/fixtures/psutil-trace.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const inputAt = (index: number) => Buffer.from(samples[index % samples.length] ?? '{}');

function resultAt(index: number): string {
  const cpus = Array.from({ length: 4 }, (_, cpu) => [`avg-util-cpu${cpu}-60sec`, 25 + ((index * 7 + cpu) % 50) / 3]);
  return JSON.stringify({
    'percent-network-egress': 46 + index / 7,
    'percent-memory-caching': 1.6,
    ...Object.fromEntries(cpus),
  });
}

type Load = { input: (index: number) => Buffer; result: (index: number) => string; lines: number };

/** Under which all is written. */
const LEASE = '1 {}';

/** How long each invocation took the recorder, in µs, its writing included. */
async function record(ctx: Context, name: string, count: number, { input, result, lines }: Load): Promise<number> {
  await ctx.redis.set(ctx.keys.lease(name), LEASE);
  const recorder = new InvocationRecorder(ctx, name, () => LEASE, new Pulse());
  let spent = 0;
  for (let index = 0; index < count; index++) {
    const [given, text] = [input(index), result(index)];
    const startedAt = performance.now();
    recorder.begin();
    for (let line = 0; line < lines; line++)
      recorder.line('stdout', `a line of ordinary length, number ${line} of ${index}`);
    const outcome = { kind: 'result', text } as const;
    recorder.finish({
      id: `${1_700_000_000_000 + index}-0`,
      outcome,
      input: given,
      version: 'abc1234',
      lagMs: 0.3,
      tookMs: 1.2,
    });
    spent += performance.now() - startedAt;
  }
  const startedAt = performance.now();
  await recorder[Symbol.asyncDispose]();
  return ((spent + performance.now() - startedAt) * 1_000) / count;
}

await using server = await startRedis();
const redis = new Redis(server.url);
const ctx = createContext(
  loadConfig({ REDIS_URL: server.url }),
  redis,
  createLog('bench', 'error', () => {}),
);
const kib = async (key: string) => `${(Number(await redis.memory('USAGE', key, 'SAMPLES', 0)) / 1024).toFixed(0)} KiB`;
const large = 'x'.repeat(256 * 1024);
const loads: [string, Load][] = [
  ['4 CPUs, prints nothing', { input: inputAt, result: resultAt, lines: 0 }],
  ['4 CPUs, prints two lines', { input: inputAt, result: resultAt, lines: 2 }],
  ['4 CPUs, prints 50 lines', { input: inputAt, result: resultAt, lines: 50 }],
  ['input and result of 256 KiB', { input: () => Buffer.from(large), result: () => large, lines: 0 }],
];
for (const [name, load] of loads) {
  await record(ctx, name, INVOCATIONS, load);
  console.log(
    `${name}: records ${await kib(ctx.keys.invocations(name))}, texts ${await kib(ctx.keys.invocationTexts(name))}`,
  );
  await redis.flushall();
}
const micros = await record(ctx, 'fast', BACK_TO_BACK, { input: inputAt, result: resultAt, lines: 0 });
console.log(`back to back: ${micros.toFixed(2)} µs an invocation`);
redis.disconnect();
