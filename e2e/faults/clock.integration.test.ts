import { once } from 'node:events';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startRoleProcess } from '../support/role-process.ts';
import { roleSuite } from '../support/role-suite.ts';

const suite = roleSuite();
const { code, open } = suite;

const HOUR = 3_600_000;
const PERIOD_MS = 100;
/** After each jump this many ticks are looked at. */
const TICKS = 12;

/** A role as a process whose wall clock jumps when it is told to. */
async function startRole(role: 'functions' | 'collector', env: Record<string, string>) {
  const running = await startRoleProcess(role, env, 'shifted-clock.mjs');
  open.push(running);
  return (offBy: number) => running.ask(new RegExp(`^the clock is off by ${offBy} ms$`));
}

test('the clock jumps an hour ahead, back, and an hour behind: one tick a period, and no duration is negative', async () => {
  const file = code('counting.py', 'def handler(event, context):\n    return {"x": event["x"]}\n');
  const period = String(PERIOD_MS / 1000);
  const { under, input, env } = suite.surroundings({ FUNCTION_PATH: file, MONITORING_PERIOD: period });
  const results = await under.results();
  const announced = new Redis(suite.redisUrl);
  open.push({ [Symbol.asyncDispose]: async () => announced.disconnect() });
  await announced.subscribe(under.keys.inputWritten);
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
  const jumping = { ...env, CLOCK_JUMPS_MS: [HOUR, -HOUR, -HOUR].join() };
  const collector = { COLLECT: 'on', COLLECT_PERIOD: period, REDIS_INPUT_KEY: `${input}-collected` };
  const jumps = [await startRole('functions', jumping), await startRole('collector', { ...jumping, ...collector })];
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
