import { expect, test } from 'vitest';
import { type RoleProcess, startFunctionsRuntime } from '../../e2e/support/role-process.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { expectEveryPeriod, expectUnbroken } from '../../e2e/support/unbroken.ts';
import { writtenStates } from '../../e2e/support/written-states.ts';

const suite = roleSuite();
const PERIOD_MS = 200;
const COUNTING = `
import os
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "runtime": os.getppid()}
`;

/** Runtimes that declare the same function on one Redis, as the pods of a deployment do. */
async function deployment(name: string, settings: Record<string, string> = {}) {
  const period = `${PERIOD_MS / 1000}`;
  const { under, input, env } = suite.surroundings({
    MONITORING_PERIOD: period,
    FUNCTION_PATH: suite.code(name, COUNTING),
  });
  const results = await under.results();
  const states = await writtenStates(under.redis, under.keys.functionState(under.config.function.name));
  suite.open.push(states);
  await under.redis.set(input, '{"x": 1}');
  let started = 0;
  const start = async (): Promise<RoleProcess> => {
    const home = `${suite.scratch}/${name}-${++started}`;
    const runtime = await startFunctionsRuntime({ ...env, VIGIA_HOME: home, ...settings });
    suite.open.push(runtime);
    return runtime;
  };
  /** Waits for a result that this runtime made. */
  const runs = async ({ child }: RoleProcess) => {
    for (;;) if (JSON.parse((await results.next()).result ?? 'null').runtime === child.pid) return;
  };
  return { under, results, states, start, runs };
}

const STANDS_BY = 'stands by';

test('a rolling update neither loses nor doubles a tick, and env goes along', async () => {
  const { results, states, start, runs } = await deployment('rolling.py');
  let old = await start();
  await runs(old);
  for (let update = 0; update < 3; update += 1) {
    const next = await start();
    await next.said(STANDS_BY);
    expect((await old.child.terminate(5_000)).code).toBe(0);
    await runs(next);
    old = next;
  }
  await runs(old);
  expectUnbroken(results.all);
  expectEveryPeriod(states.all);
});

test('periods that pass while a function changes hands are counted as late, and its rhythm goes on', async () => {
  const { under, results, states, start, runs } = await deployment('slow-hands.py');
  const old = await start();
  await runs(old);
  const next = await start();
  await next.said(STANDS_BY);
  process.kill(next.child.pid, 'SIGSTOP');
  expect((await old.child.terminate(5_000)).code).toBe(0);
  const last = (await under.state())?.lastDueAt ?? Number.NaN;
  await expect.poll(() => Date.now() - last).toBeGreaterThan(3 * PERIOD_MS);
  process.kill(next.child.pid, 'SIGCONT');
  await runs(next);
  await runs(next);
  expect((await under.state())?.ticks.late).toBeGreaterThanOrEqual(1);
  expectUnbroken(results.all);
  expectEveryPeriod(states.all);
});

test('one that stands by takes over from one that was killed, from the last written result on', async () => {
  const { results, states, start, runs } = await deployment('killed.py');
  const first = await start();
  await runs(first);
  const second = await start();
  await second.said(STANDS_BY);
  first.child.kill();
  await runs(second);
  await runs(second);
  expectUnbroken(results.all);
  expectEveryPeriod(states.all);
});

test('one that freezes is taken over from, and writes nothing when it goes on', { timeout: 60_000 }, async () => {
  const { under, results, states, start, runs } = await deployment('frozen.py');
  const first = await start();
  await runs(first);
  const second = await start();
  await second.said(STANDS_BY);
  process.kill(first.child.pid, 'SIGSTOP');
  await runs(second);
  process.kill(first.child.pid, 'SIGCONT');
  await first.said('another runtime runs this function now');
  for (let more = 0; more < 5; more += 1) await runs(second);
  const written = await under.redis.xrange(under.keys.history('default'), '-', '+');
  expect(written.map(([id]) => id)).toEqual(results.all.map(({ id }) => id).slice(-written.length));
  expectUnbroken(results.all);
  // And back again, when the second one goes.
  await second.child.terminate(5_000);
  await runs(first);
  await runs(first);
  expectUnbroken(results.all);
  expectEveryPeriod(states.all);
});
