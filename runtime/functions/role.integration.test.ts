import { writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { startRedis } from '../../e2e/support/redis-server.ts';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import type { LiveResult } from '../../e2e/support/role-under-test.ts';
import { startFunctionsRole } from './role.ts';

const suite = roleSuite();
const { open, code } = suite;

/** A functions role of its own keys on the suite's Redis. */
async function role(settings: Record<string, string>, url?: string) {
  const { under, input, output } = suite.surroundings({ MONITORING_PERIOD: '0.05', ...settings }, url);
  const results = await under.results();
  const start = async () => {
    const started = await startFunctionsRole(under.config, under.log);
    open.push(started);
    return started;
  };
  const write = (value: unknown) => under.redis.set(input, typeof value === 'string' ? value : JSON.stringify(value));
  return { under, results, start, write, input, output };
}

const numbers = ({ result }: LiveResult) => JSON.parse(result ?? 'null');

const COUNTING = `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"n": context.env["n"], "seen": event["x"]}
`;

test('a Python file runs at its period, keeps its env, and its result is in the output key, the history and the feed', async () => {
  const { under, results, start, write, output } = await role({ FUNCTION_PATH: code('counting.py', COUNTING) });
  await write({ x: 20.5 });
  await start();
  const first = await results.next();
  const second = await results.next();
  expect([numbers(first), numbers(second)]).toEqual([
    { n: 1, seen: 20.5 },
    { n: 2, seen: 20.5 },
  ]);
  const history = await under.redis.xrange(under.keys.history('default'), '-', '+');
  expect(history.slice(0, 2).map(([id]) => id)).toEqual([first.id, second.id]);
  expect(JSON.parse((await under.redis.get(output)) ?? '')).toMatchObject({ seen: 20.5 });
  expect(await under.state()).toMatchObject({ status: 'running', language: 'python', failedInARow: 0 });
  expect(await under.redis.pttl(under.keys.lease('default'))).toBeGreaterThan(0);
});

test('inline source runs as a file does, also as JavaScript', async () => {
  const inline = await role({
    PYFILE: 'def run(event, context):\n    return {"file": __file__}\n',
    HANDLER_FUNCTION: 'run',
  });
  await inline.write({});
  await inline.start();
  expect(numbers(await inline.results.next()).file).toMatch(/usermodule\.py$/);

  const script = await role({
    PYFILE: 'export const handler = (event: { x: number }) => ({ twice: event.x * 2 });',
    FUNCTION_LANGUAGE: 'typescript',
  });
  await script.write({ x: 4 });
  await script.start();
  expect(numbers(await script.results.next())).toEqual({ twice: 8 });
});

test('the result of an unchanged input says when that input was first seen', async () => {
  const { results, start, write } = await role({ FUNCTION_PATH: code('age.py', COUNTING) });
  await write({ x: 1 });
  await start();
  const [first, second] = [await results.next(), await results.next()];
  expect(second.inputAt).toBe(first.inputAt);
  await write({ x: 2 });
  let later = await results.next();
  while (numbers(later).seen === 1) later = await results.next();
  expect(later.inputAt).toBeGreaterThan(first.inputAt);
});

describe('an input that cannot be used is waited for, and the state says why', () => {
  test.each([
    ['missing', null, null],
    ['empty', '', null],
    ['not JSON', '{"x": ', /^not JSON: /],
    ['too large', `{"x": "${'x'.repeat(8 * 1024 * 1024)}"}`, /^larger than 8 MiB$/],
  ])('%s', async (_name, text, problem) => {
    const { under, results, start, write } = await role({ FUNCTION_PATH: code('waits.py', COUNTING) });
    if (text !== null) await write(text);
    await start();
    await expect.poll(async () => (await under.state())?.status, { timeout: 10_000 }).toBe('waiting');
    const said = (await under.state())?.input.problem;
    if (problem === null) expect(said).toBeNull();
    else expect(said).toMatch(problem);
    await write({ x: 1 });
    expect(numbers(await results.next()).n).toBe(1);
    await expect.poll(async () => (await under.state())?.input.problem).toBeNull();
  });

  test('not a string', async () => {
    const { under, start, input } = await role({ FUNCTION_PATH: code('list.py', COUNTING) });
    await under.redis.rpush(input, 'a');
    await start();
    await expect.poll(async () => (await under.state())?.input.problem, { timeout: 10_000 }).toBe('not a string');
  });
});

test('an empty result is not written and is no failure', async () => {
  const { under, start, write, output } = await role({
    FUNCTION_PATH: code('empty.py', 'def handler(event, context):\n    return {}\n'),
  });
  await write({});
  await start();
  await expect.poll(async () => (await under.state())?.ticks.done, { timeout: 10_000 }).toBeGreaterThan(1);
  expect(await under.state()).toMatchObject({ status: 'running', ticks: { failed: 0 } });
  expect(await under.redis.exists(output, under.keys.history('default'))).toBe(0);
});

test('a handler that throws keeps its host and env, and the last good result stays', async () => {
  const { under, results, start, write, output } = await role({ FUNCTION_PATH: code('throws.py', COUNTING) });
  await write({ x: 1 });
  await start();
  await results.next();
  await write({});
  let failed = await results.next();
  while (failed.failure === undefined) failed = await results.next();
  expect(failed.failure).toEqual({ kind: 'invocation', message: "KeyError: 'x'" });
  expect(await under.state()).toMatchObject({
    status: 'failing',
    failure: { traceback: expect.stringContaining('throws.py') },
  });
  const kept = (await under.redis.get(output)) ?? '';
  expect(JSON.parse(kept)).toMatchObject({ seen: 1 });
  await write({ x: 2 });
  let good = await results.next();
  while (good.failure !== undefined) good = await results.next();
  expect(numbers(good).n).toBeGreaterThan(JSON.parse(kept).n);
});

test.each([
  ['a crash', 'import os\n', 'os._exit(4)', /exited with code 4/],
  ['a deadline', '', 'while True: pass', /timed out at 0\.30 s/],
])('%s is shown, and the host is started again by itself', async (_name, head, death, message) => {
  const source = `${head}def handler(event, context):\n    if event["die"]:\n        ${death}\n    return {"alive": 1}\n`;
  const { under, results, start, write } = await role({
    FUNCTION_PATH: code(`dies-${death.length}.py`, source),
    FUNCTION_TIMEOUT: '0.3',
  });
  await write({ die: true });
  await start();
  const death1 = await results.next();
  expect(death1.failure?.message).toMatch(message);
  await expect.poll(async () => (await under.state())?.retryAt).toBeGreaterThan(0);
  expect((await under.state())?.status).toBe('crashing');
  await write({ die: false });
  let next = await results.next();
  while (next.failure !== undefined) next = await results.next();
  expect(numbers(next)).toEqual({ alive: 1 });
  expect(await under.state()).toMatchObject({ status: 'running', retryAt: null, failure: null });
});

test('code that does not load is shown with its traceback, and tried again', async () => {
  const file = code('mended.py', 'import a_module_that_is_not_there\n');
  const { under, results, start, write } = await role({ FUNCTION_PATH: file });
  await write({ x: 1 });
  await start();
  expect((await results.next()).failure).toMatchObject({
    kind: 'init',
    message: expect.stringContaining('ModuleNotFoundError'),
  });
  expect(await under.state()).toMatchObject({
    status: 'crashing',
    failure: { traceback: expect.stringContaining('mended.py') },
  });
  writeFileSync(file, COUNTING);
  let next = await results.next();
  while (next.failure !== undefined) next = await results.next();
  expect(numbers(next).n).toBe(1);
});

test('what a function prints is in the log under its name', async () => {
  const source = 'def handler(event, context):\n    print("a line of mine")\n    return {"a": 1}\n';
  const { under, results, start, write } = await role({ FUNCTION_PATH: code('prints.py', source) });
  await write({});
  await start();
  await results.next();
  await expect
    .poll(() => under.logLines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'a line of mine'))
    .toMatchObject({ function: 'default', stream: 'stdout' });
});

test('invoke: change runs at once for every writer, and what comes within the period is one run', async () => {
  const { results, start, write } = await role({
    FUNCTION_PATH: code('change.py', COUNTING),
    FUNCTION_INVOKE: 'change',
    MONITORING_PERIOD: '0.2',
  });
  await write({ x: 0 });
  await start();
  expect(numbers(await results.next())).toEqual({ n: 1, seen: 0 });
  for (const x of [1, 2, 3, 4]) await write({ x });
  let last = await results.next();
  while (numbers(last).seen !== 4) last = await results.next();
  expect(numbers(last).n).toBeLessThanOrEqual(3);
});

test('Redis dies and comes back: the function goes on with its env, in the same process', async () => {
  let own = await startRedis();
  try {
    const source = `import os\n${COUNTING.replace('"seen"', '"pid": os.getpid(), "seen"')}`;
    const { results, start, write } = await role({ FUNCTION_PATH: code('outage.py', source) }, own.url);
    await write({ x: 1 });
    await start();
    const before = numbers(await results.next());
    const { port } = own;
    await own[Symbol.asyncDispose]();
    own = await startRedis({ port });
    // The restarted server is empty: until somebody writes a sample there is nothing to call the function with.
    const seen = results.all.length;
    await write({ x: 2 });
    let after = await results.next();
    while (numbers(after).seen !== 2) after = await results.next();
    expect(results.all.length).toBeGreaterThan(seen);
    expect(numbers(after).pid).toBe(before.pid);
    expect(numbers(after).n).toBeGreaterThan(before.n);
  } finally {
    await own[Symbol.asyncDispose]();
  }
});

test('stopping lets the function go and leaves no process', async () => {
  const source = 'import os\ndef handler(event, context):\n    return {"pid": os.getpid()}\n';
  const { under, results, start, write } = await role({ FUNCTION_PATH: code('pid.py', source) });
  await write({});
  const started = await start();
  const { pid } = numbers(await results.next());
  await started[Symbol.asyncDispose]();
  open.splice(open.indexOf(started), 1);
  expect(await under.redis.exists(under.keys.lease('default'))).toBe(0);
  expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
});

test('stopping while the code still loads ends its process as well', async () => {
  const source =
    'import os, time\nprint("pid", os.getpid())\ntime.sleep(1)\ndef handler(event, context):\n    return {}\n';
  const { under, start } = await role({ FUNCTION_PATH: code('loads.py', source) });
  const started = await start();
  const pid = () => Number(/"pid (\d+)"/.exec(under.logLines.join('\n'))?.[1]);
  await expect.poll(pid, { timeout: 10_000 }).toBeGreaterThan(0);
  await started[Symbol.asyncDispose]();
  open.splice(open.indexOf(started), 1);
  expect(() => process.kill(pid(), 0)).toThrow(/ESRCH/);
});

test('a restarted runtime knows how old an unchanged input is', async () => {
  const { under, results, start, write } = await role({ FUNCTION_PATH: code('restart.py', COUNTING) });
  await write({ x: 1 });
  const started = await start();
  const first = await results.next();
  await started[Symbol.asyncDispose]();
  open.splice(open.indexOf(started), 1);
  const seen = results.all.length;
  await start();
  while (results.all.length === seen) await results.next();
  expect(results.all.at(-1)?.inputAt).toBe(first.inputAt);
  expect((await under.state())?.input.changedAt).toBe(first.inputAt);
});

test.each(['own', 'shared'])('FUNCTION_ISOLATION chooses the host: %s', async (isolation) => {
  const path = code(
    `${isolation}.py`,
    'def handler(event, context):\n    return {"host": open("/proc/self/cmdline").read().split("\\0")[2]}\n',
  );
  const { results, start, write } = await role({ FUNCTION_PATH: path, FUNCTION_ISOLATION: isolation });
  await write({});
  await start();
  expect(numbers(await results.next())).toEqual({ host: isolation });
});

test('invoke: change runs at once again after Redis was restarted and has forgotten what it was told', async () => {
  let own = await startRedis();
  try {
    const { under, results, start, write } = await role(
      { FUNCTION_PATH: code('told.py', COUNTING), FUNCTION_INVOKE: 'change' },
      own.url,
    );
    await write({ x: 1 });
    await start();
    await results.next();
    const { port } = own;
    await own[Symbol.asyncDispose]();
    own = await startRedis({ port });
    await expect
      .poll(async () => (await under.redis.config('GET', 'notify-keyspace-events')).toString(), { timeout: 10_000 })
      .toMatch(/K/);
  } finally {
    await own[Symbol.asyncDispose]();
  }
});
