import { once } from 'node:events';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const { code, open } = suite;

const HOUR = 3_600_000;
const ROOT = join(import.meta.dirname, '..', '..');
const PERIOD_MS = 100;
/** After each jump this many ticks are looked at. */
const TICKS = 12;

/** A role as a process whose wall clock jumps when it is told to. */
async function startRole(role: 'functions' | 'collector', env: Record<string, string>) {
  const args = ['--import', join(ROOT, 'e2e/support/shifted-clock.mjs'), 'runtime/main.ts', role];
  const child = await startChild({ command: process.execPath, args, env, cwd: ROOT, link: 'none' });
  open.push({ [Symbol.asyncDispose]: async () => void (await child.terminate(5_000)) });
  const said: string[] = [];
  let heard = () => {};
  readLines(child.stdout, () => {});
  readLines(child.stderr, (line) => {
    said.push(line);
    heard();
  });
  return async (offBy: number) => {
    process.kill(child.pid, 'SIGUSR2');
    while (!said.includes(`the clock is off by ${offBy} ms`))
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
  };
}

test('the clock jumps an hour ahead, back, and an hour behind: one tick a period, and no duration is negative', async () => {
  const file = code('counting.py', 'def handler(event, context):\n    return {"x": event["x"]}\n');
  const { under, input } = suite.surroundings({ FUNCTION_PATH: file, MONITORING_PERIOD: String(PERIOD_MS / 1000) });
  const results = await under.results();
  const announced = new Redis(suite.redisUrl);
  open.push({ [Symbol.asyncDispose]: async () => announced.disconnect() });
  await announced.subscribe(under.keys.inputWritten);
  const env = {
    PATH: process.env.PATH ?? '',
    VIGIA_HOME: suite.scratch,
    REDIS_URL: suite.redisUrl,
    KEY_PREFIX: under.config.redis.keyPrefix,
    REDIS_INPUT_KEY: input,
    REDIS_OUTPUT_KEY: under.config.function.outputKey,
    CLOCK_JUMPS_MS: [HOUR, -HOUR, -HOUR].join(),
  };
  let written = 0;
  const write = () => under.redis.set(input, JSON.stringify({ x: ++written }));
  /**
   * How long the next ticks take by the clock of Redis, which does not jump. The input changes while they pass, so that the
   * spacing of its changes is measured across the jump.
   */
  const ticks = async () => {
    const first = results.all.length;
    await write();
    while (results.all.length < first + TICKS / 2) await results.next();
    await write();
    while (results.all.length < first + TICKS) await results.next();
    const [from = 0, to = 0] = [first, first + TICKS - 1].map((index) =>
      Number.parseInt(results.all[index]?.id ?? '', 10),
    );
    return to - from;
  };
  const samples = async () => {
    const startedAt = performance.now();
    for (let sample = 0; sample < TICKS; sample++) await once(announced, 'message');
    return performance.now() - startedAt;
  };
  await write();
  const functions = { FUNCTION_PATH: file, MONITORING_PERIOD: String(PERIOD_MS / 1000) };
  const collector = { COLLECT: 'on', COLLECT_PERIOD: String(PERIOD_MS / 1000), REDIS_INPUT_KEY: `${input}-collected` };
  const jumps = [
    await startRole('functions', { ...env, ...functions }),
    await startRole('collector', { ...env, ...collector }),
  ];
  await Promise.all([ticks(), samples()]);
  for (const offBy of [HOUR, 0, -HOUR]) {
    await Promise.all(jumps.map((jump) => jump(offBy)));
    // Some may be late on a busy machine and the next ones in time; a burst would be over at once.
    for (const tookMs of await Promise.all([ticks(), samples()]))
      expect(tookMs).toBeGreaterThan((TICKS / 2) * PERIOD_MS);
    const state = await under.state();
    expect(state?.input.everyMs).toBeGreaterThan(0);
    expect(state?.input.everyMs).toBeLessThan(60_000);
    expect(state?.ticks.late).toBeLessThan(100);
  }
  for (const { tookMs, lagMs, failure } of results.all) {
    expect(failure).toBeUndefined();
    for (const duration of [tookMs, lagMs]) {
      expect(duration).toBeGreaterThanOrEqual(0);
      expect(duration).toBeLessThan(60_000);
    }
  }
}, 60_000);
