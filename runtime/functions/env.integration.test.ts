import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseHolder } from '#lib/functions/lease';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { startFunctionsRuntime } from '../../e2e/support/role-process.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { LiveResult } from '../../e2e/support/role-under-test.ts';
import { startFunctionsRole } from './role.ts';

/** More than two windows of 60 s at one sample every 5 s. */
const SAMPLES = 42;
const trace = readFileSync(join(import.meta.dirname, '../../e2e/fixtures/psutil-trace.jsonl'), 'utf8')
  .split('\n')
  .slice(0, SAMPLES);

const suite = roleSuite();
const { open, code } = suite;

/** A function that runs once for each write of its input. */
async function onChange(settings: Record<string, string>, url?: string) {
  const defaults = { FUNCTION_INVOKE: 'change', MONITORING_PERIOD: '0.01' };
  const { under, input, env } = suite.surroundings({ ...defaults, ...settings }, url);
  const results = await under.results();
  const envKey = under.keys.functionEnv('default');
  const loaded = () =>
    under.logLines.map((line): { msg: string; pid: number } => JSON.parse(line)).filter(({ msg }) => msg === 'loaded');
  let role: AsyncDisposable | null = null;
  let loads = 0;
  /** Also after the host has been ended: waits for the next one. */
  const ready = async () => {
    loads += 1;
    await expect.poll(() => loaded().length, { timeout: 15_000 }).toBe(loads);
    return loaded().at(-1)?.pid ?? 0;
  };
  const start = async () => {
    role = await startFunctionsRole(under.config, under.log);
    open.push(role);
    return ready();
  };
  const stop = async () => {
    await role?.[Symbol.asyncDispose]();
    open.splice(0, open.length, ...open.filter((each) => each !== role));
  };
  const run = async (text: string): Promise<LiveResult> => {
    await under.redis.set(input, text);
    return results.next();
  };
  return { under, env, envKey, start, stop, ready, run };
}

const MOVING_AVERAGE = `
type Env = { window?: [Date, number][] };
export function handler(event: { timestamp: string; 'cpu_percent-0': number }, { env }: { env: Env }) {
  const now = new Date(event.timestamp.replace(' ', 'T'));
  env.window = [...(env.window ?? []), [now, event['cpu_percent-0']]];
  env.window = env.window.filter(([at]) => now.getTime() - at.getTime() < 60_000);
  return { average: env.window.reduce((sum, [, value]) => sum + value, 0) / env.window.length };
}
`;

test.each([
  ['Python', () => 'examples/functions/machine_metrics.py'],
  ['TypeScript', () => code('average.ts', MOVING_AVERAGE)],
])(
  'the moving average of a %s function after a kill -9 of its host, and after a restart of the runtime, is that of an uninterrupted run',
  async (_language, file) => {
    const whole = await onChange({ FUNCTION_PATH: file() });
    const broken = await onChange({ FUNCTION_PATH: file() });
    await whole.start();
    let pid = await broken.start();
    for (const [index, sample] of trace.entries()) {
      if (index === 16) {
        process.kill(pid, 'SIGKILL');
        pid = await broken.ready();
      }
      if (index === 29) {
        await broken.stop();
        pid = await broken.start();
      }
      const expected = await whole.run(sample);
      expect(expected.result).toBeDefined();
      expect((await broken.run(sample)).result).toBe(expected.result);
    }
  },
  60_000,
);

test('the moving average after a kill -9 of the runtime goes on where the last written result came from', async () => {
  const settings = { FUNCTION_PATH: 'examples/functions/machine_metrics.py' };
  const whole = await onChange(settings);
  await whole.start();
  const { under, env, ...broken } = await onChange(settings);
  const lease = under.keys.lease(under.config.function.name);
  const runtime = async () => {
    const running = await startFunctionsRuntime(env);
    open.push(running);
    const { child } = running;
    await expect
      .poll(async () => parseHolder((await under.redis.get(lease)) ?? '')?.pid, { timeout: 15_000 })
      .toBe(child.pid);
    return child;
  };
  let child = await runtime();
  for (const [index, sample] of trace.entries()) {
    if (index === 20) {
      child.kill();
      await child.exited;
      child = await runtime();
    }
    const expected = await whole.run(sample);
    expect((await broken.run(sample)).result).toBe(expected.result);
  }
}, 60_000);

const COUNTING = `
import time
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    context.env["seen"] = event["x"]
    if event["x"] == "hang": time.sleep(60)
    if event["x"] == "throw": raise ValueError("no")
    return {"n": context.env["n"]}
`;
const x = (value: string) => JSON.stringify({ x: value });

test('an invocation that is killed at its deadline leaves env as it was before', async () => {
  const { under, envKey, start, ready, run } = await onChange({
    FUNCTION_PATH: code('counting.py', COUNTING),
    FUNCTION_TIMEOUT: '0.3',
  });
  await start();
  expect((await run(x('a'))).result).toBe('{"n": 1}');
  expect((await run(x('b'))).result).toBe('{"n": 2}');
  const before = await under.redis.get(envKey);
  expect((await run(x('hang'))).failure?.kind).toBe('timeout');
  expect(await under.redis.get(envKey)).toBe(before);
  await ready();
  expect((await run(x('c'))).result).toBe('{"n": 3}');
});

test('the snapshot is written with the result, a failure leaves it, and it lives for 30 days', async () => {
  const { under, envKey, start, run } = await onChange({ FUNCTION_PATH: code('written.py', COUNTING) });
  await start();
  await run(x('a'));
  const text = '{"language":"python","format":1,"env":{"dict":["n",1,"seen","a"]}}';
  expect(await under.redis.get(envKey)).toBe(text);
  expect((await run(x('throw'))).failure?.kind).toBe('invocation');
  expect(await under.redis.get(envKey)).toBe(text);
  await under.redis.pexpire(envKey, 1_000_000);
  await run(x('b'));
  expect(await under.redis.get(envKey)).toContain('"n",3');
  expect(await under.redis.pttl(envKey)).toBeGreaterThan(29 * 24 * 3_600_000);
});

test('an env that is emptied takes its snapshot along', async () => {
  const source = `def handler(event, context):
    context.env.update(event)
    if not event: context.env.clear()
    return {"has": len(context.env)}
`;
  const { under, envKey, start, run } = await onChange({ FUNCTION_PATH: code('emptied.py', source) });
  await start();
  await run('{"a": 1}');
  expect(await under.redis.exists(envKey)).toBe(1);
  await run('{}');
  expect(await under.redis.exists(envKey)).toBe(0);
});

test('what is in no snapshot is in the state and the log, until a host starts that does not have it', async () => {
  const source = `class Model: pass
def handler(event, context):
    if event["model"]: context.env["model"] = Model()
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "has": "model" in context.env}
`;
  const { under, start, ready, run } = await onChange({ FUNCTION_PATH: code('model.py', source) });
  const pid = await start();
  await run('{"model": true}');
  const notSaved = [{ path: 'env.model', type: 'Model' }];
  expect(await under.state()).toMatchObject({ status: 'running', notSaved });
  expect(under.logLines.filter((line) => line.includes('env.model'))).toHaveLength(1);
  expect((await run('{"model": false}')).result).toBe('{"n": 2, "has": true}');
  process.kill(pid, 'SIGKILL');
  await ready();
  expect((await run('{"model": false, "again": 1}')).result).toBe('{"n": 3, "has": false}');
  expect((await under.state())?.notSaved).toEqual([]);
});

test('a snapshot that is of no use is said, and the function starts afresh', async () => {
  const { under, envKey, start, run } = await onChange({ FUNCTION_PATH: code('afresh.py', COUNTING) });
  await under.redis.set(envKey, '{"language":"javascript","format":1,"env":"/w8="}');
  await start();
  expect((await run(x('a'))).result).toBe('{"n": 1}');
  expect(under.logLines.join('\n')).toContain('env starts empty, its snapshot is of no use: it is one of javascript');
  expect(await under.redis.get(envKey)).toContain('"language":"python"');
});

test('a snapshot that Redis could not take goes along with the next result', async () => {
  const source = `import time
def handler(event, context):
    context.env.setdefault("first", event["x"])
    if event["x"] == "slow":
        print("in the middle")
        time.sleep(0.5)
    return {"first": context.env["first"]}
`;
  let own = await startRedis();
  try {
    const { under, envKey, start, run } = await onChange({ FUNCTION_PATH: code('outage.py', source) }, own.url);
    await start();
    const said = (text: string) => expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain(text);
    await under.redis.set(under.config.function.inputKey, x('slow'));
    await said('in the middle');
    const { port } = own;
    await own[Symbol.asyncDispose]();
    await said('a tick could not read or write Redis');
    own = await startRedis({ port });
    await under.listening();
    expect((await run(x('later'))).result).toBe('{"first": "slow"}');
    expect(await under.redis.get(envKey)).toContain('["first","slow"]');
  } finally {
    await own[Symbol.asyncDispose]();
  }
});

test('a runtime that starts while Redis does not answer waits for the snapshot', async () => {
  const { under, start, stop, run } = await onChange({ FUNCTION_PATH: code('waits.py', COUNTING) });
  await start();
  await run(x('a'));
  await stop();
  await under.redis.client('PAUSE', 2_500, 'ALL');
  await start();
  expect((await run(x('b'))).result).toBe('{"n": 2}');
});
