import { describe, expect, test } from 'vitest';
import type { Caller } from '#lib/auth/caller';
import { type Context, createContext } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { deleteFunction } from '#lib/functions/delete-function';
import { deployCode, rollBack } from '#lib/functions/deploy-code';
import { listVersions } from '#lib/functions/list-versions';
import { readFunction } from '#lib/functions/read-function';
import { updateSettings } from '#lib/functions/update-settings';
import type { SettingChanges } from '#lib/schemas/settings';
import { roleSuite } from '../../e2e/support/role-suite.ts';
import { startFunctionsRole } from './role.ts';

const ADMIN: Caller = { uid: 0, name: 'ana', role: 'admin', via: 'session', credentialId: null };
const suite = roleSuite();

const counting = (says: string) => `
def handler(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"says": "${says}", "n": context.env["n"]}
`;
const python = (text: string) => ({ kind: 'file', language: 'python', text }) as const;

/** A functions role with a function of its own, beside those that the test makes. */
async function runtime() {
  const made = await registry();
  await made.start();
  return made;
}

/** The same, with nothing that runs until it is started. */
async function registry() {
  const { under, input } = suite.surroundings({ MONITORING_PERIOD: '0.05' });
  const ctx = createContext(under.config, under.redis, under.log);
  await under.redis.set(input, '{"x": 1}');
  const start = async () => void suite.open.push(await startFunctionsRole(under.config, under.log));
  const make = async (name: string, code: string, more: SettingChanges = {}) => {
    const periodMs = 50;
    await createFunction(ctx, ADMIN, { name, settings: { inputKey: input, periodMs, ...more }, code: python(code) });
    return await under.results(name);
  };
  const change = (name: string, changes: SettingChanges) => updateSettings(ctx, ADMIN, { name, changes });
  return { under, ctx, input, start, make, change };
}

type Results = Awaited<ReturnType<Awaited<ReturnType<typeof runtime>>['make']>>;

const numbers = ({ result }: { result?: string | undefined }) => JSON.parse(result ?? 'null');

/** Reads on until a result says this. */
async function until(results: Results, says: string) {
  for (;;) {
    const next = await results.next();
    if (numbers(next)?.says === says) return numbers(next);
  }
}

/** Every count from the first to the last, each once: no invocation was lost, none was run twice. */
function expectUnbroken(results: Results): void {
  const counts = results.all.map((each) => numbers(each).n);
  expect(counts).toEqual(Array.from(counts, (_, index) => counts[0] + index));
}

test('several functions run on one input, each with its own state, settings and output', async () => {
  const { under, make } = await runtime();
  const [one, two] = [await make('one', counting('one')), await make('two', counting('two'))];
  await Promise.all([until(one, 'one'), until(two, 'two')]);
  await Promise.all([one.next(), two.next()]);
  expect(JSON.parse((await under.redis.get('one-output')) ?? '')).toMatchObject({ says: 'one' });
  expect(JSON.parse((await under.redis.get('two-output')) ?? '')).toMatchObject({ says: 'two' });
  expectUnbroken(one);
  expectUnbroken(two);
});

test('what one function writes can be what another one is called with, at once', async () => {
  const { make, under, input } = await runtime();
  await make('first', 'def handler(event, context):\n    return {"doubled": event["x"] * 2}\n', { invoke: 'change' });
  const second = await make('second', 'def handler(event, context):\n    return {"sum": event["doubled"] + 1}\n', {
    inputKey: 'first-output',
    invoke: 'change',
  });
  expect(numbers(await second.next())).toEqual({ sum: 3 });
  await under.redis.set(input, '{"x": 20}');
  expect(numbers(await second.next())).toEqual({ sum: 41 });
});

test('what is written while the code still loads is run as soon as it has', async () => {
  const { ctx, make, change, under, input } = await runtime();
  const slow =
    'import time\nprint("loading")\ntime.sleep(0.5)\ndef handler(event, context):\n    return {"x": event["x"]}\n';
  const results = await make('slow', slow, { invoke: 'change', periodMs: 3_600_000 });
  await expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain('"loading"');
  const { revision } = await change('slow', { timeoutMs: 9_000 });
  await expect.poll(async () => (await readFunction(ctx, { name: 'slow' })).state.revision).toBe(revision);
  for (const x of [2, 3, 4]) await under.redis.set(input, `{"x": ${x}}`);
  expect(numbers(await results.next())).toEqual({ x: 4 });
});

test('a function that hangs does not hold up another one', async () => {
  const { make } = await runtime();
  const hung = await make('hangs', 'def handler(event, context):\n    while True: pass\n', { timeoutMs: 1_500 });
  const other = await make('other', counting('other'));
  const ran = other.all.length;
  expect((await hung.next()).failure?.kind).toBe('timeout');
  expect(other.all.length - ran).toBeGreaterThan(5);
  expectUnbroken(other);
});

describe('settings of a running function', () => {
  test('the running tick ends under the old ones, the next starts under the new', async () => {
    const { under, make, change, input } = await runtime();
    const source = `import time
def handler(event, context):
    print("in the middle of", event["x"])
    time.sleep(0.4)
    return {"key": context.output_key, "x": event["x"]}
`;
    const results = await make('slow', source, { invoke: 'change', outputKey: 'slow-a' });
    const middle = (x: number) =>
      expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain(`in the middle of ${x}`);
    await middle(1);
    await change('slow', { outputKey: 'slow-b' });
    expect(numbers(await results.next())).toEqual({ key: 'slow-a', x: 1 });
    expect(await under.redis.get('slow-a')).toBe('{"key": "slow-a", "x": 1}');
    expect(await under.redis.exists('slow-b')).toBe(0);
    await under.redis.set(input, '{"x": 2}');
    expect(numbers(await results.next())).toEqual({ key: 'slow-b', x: 2 });
    expect(await under.redis.get('slow-b')).toBe('{"key": "slow-b", "x": 2}');
    expect(await under.redis.get('slow-a')).toBe('{"key": "slow-a", "x": 1}');
  });

  test('twenty changes lose no tick and run none twice, and the state says which revision is in force', async () => {
    const { ctx, make, change } = await runtime();
    const results = await make('changed', counting('it'));
    await results.next();
    for (let round = 0; round < 20; round += 1) {
      const { revision } = await change('changed', { periodMs: round % 2 === 0 ? 40 : 60, timeoutMs: 5_000 + round });
      await expect.poll(async () => (await readFunction(ctx, { name: 'changed' })).state.revision).toBe(revision);
    }
    expect((await readFunction(ctx, { name: 'changed' })).state).toMatchObject({ periodMs: 60, timeoutMs: 5_019 });
    expectUnbroken(results);
  });

  test('a shorter period counts from the last tick on, not from the end of the longer one', async () => {
    const { make, change } = await runtime();
    const results = await make('hourly', counting('it'), { periodMs: 3_600_000 });
    expect(numbers(await results.next()).n).toBe(1);
    await change('hourly', { periodMs: 50 });
    expect(numbers(await results.next()).n).toBe(2);
  });

  test('invoke, input key and handler change while it runs, with its env', async () => {
    const { under, make, change } = await runtime();
    const source = `${counting('tick')}
def other(event, context):
    context.env["n"] = context.env.get("n", 0) + 1
    return {"says": event["x"], "n": context.env["n"]}
`;
    const results = await make('moved', source);
    await until(results, 'tick');
    await under.redis.set('elsewhere', '{"x": "from elsewhere"}');
    await change('moved', { invoke: 'change', inputKey: 'elsewhere', handler: 'other' });
    await until(results, 'from elsewhere');
    await under.redis.set('elsewhere', '{"x": "again"}');
    await until(results, 'again');
    expectUnbroken(results);
  });

  test('disabled it stops, with its state written; enabled it goes on from there', async () => {
    const { under, ctx, make, change } = await runtime();
    const results = await make('paused', counting('it'));
    await results.next();
    await change('paused', { enabled: false });
    await expect.poll(() => under.redis.exists(under.keys.lease('paused')), { timeout: 10_000 }).toBe(0);
    expect(await readFunction(ctx, { name: 'paused' })).toMatchObject({
      state: { status: 'disabled' },
      runtimeAlive: false,
    });
    const stopped = results.all.length;
    await change('paused', { enabled: true });
    while (results.all.length === stopped) await results.next();
    expectUnbroken(results);
  });
});

describe('versions of a running function', () => {
  test('deployed, rolled back and reverted between two ticks, with the env', async () => {
    const { ctx, make } = await runtime();
    const results = await make('versioned', counting('one'));
    await until(results, 'one');
    const two = await deployCode(ctx, ADMIN, { name: 'versioned', code: python(counting('two')) });
    expect(two.version).toBe(2);
    await until(results, 'two');
    await rollBack(ctx, ADMIN, { name: 'versioned', version: 1 });
    await until(results, 'one');
    expectUnbroken(results);
    const versions = await listVersions(ctx, ADMIN, { name: 'versioned' });
    expect(versions.map(({ number, isLive, liveAt }) => [number, isLive, liveAt !== null])).toEqual([
      [2, false, true],
      [1, true, true],
    ]);
    const fresh = { name: 'versioned', code: python(counting('three')), freshEnv: true };
    await deployCode(ctx, ADMIN, fresh);
    expect((await until(results, 'three')).n).toBe(1);
    await rollBack(ctx, ADMIN, { name: 'versioned', version: null });
    await expect
      .poll(async () => (await readFunction(ctx, { name: 'versioned' })).state.source, { timeout: 10_000 })
      .toBe('built in');
  });

  test('one that does not load never goes live: it is said why, and the last one goes on', async () => {
    const { under, ctx, make } = await runtime();
    const results = await make('careful', counting('good'));
    await until(results, 'good');
    await deployCode(ctx, ADMIN, { name: 'careful', code: python('def handler(:\n') });
    await expect
      .poll(async () => (await readFunction(ctx, { name: 'careful' })).state.rejected, { timeout: 10_000 })
      .toMatchObject({ version: 2, failure: { kind: 'init', message: expect.stringContaining('SyntaxError') } });
    await until(results, 'good');
    expect((await readFunction(ctx, { name: 'careful' })).state).toMatchObject({ status: 'running', versionNumber: 1 });
    const [bad] = await listVersions(ctx, ADMIN, { name: 'careful' });
    expect(bad).toMatchObject({ number: 2, liveAt: null, failure: { kind: 'init' }, isLive: false });
    await deployCode(ctx, ADMIN, { name: 'careful', code: python(counting('mended')) });
    await until(results, 'mended');
    await expect
      .poll(async () => (await readFunction(ctx, { name: 'careful' })).state.rejected, { timeout: 10_000 })
      .toBeNull();
    expectUnbroken(results);
    expect(under.logLines.join('\n')).toContain('what is to run cannot be used: SyntaxError');
  });
});

describe('one that does not load, before anything has been live', () => {
  const deploy = (ctx: Context, code: string) => deployCode(ctx, ADMIN, { name: 'hasty', code: python(code) });
  const stateOf = async (ctx: Context) => (await readFunction(ctx, { name: 'hasty' })).state;
  const rejected = (version: number) => ({ version, failure: { kind: 'init' } });

  test.each([1, 3])(
    'chosen %i times before a runtime is there, leaves the place to what was chosen before',
    async (times) => {
      const { ctx, make, start } = await registry();
      const results = await make('hasty', counting('good'));
      for (let bad = 1; bad <= times; bad += 1) await deploy(ctx, `def handler(: # ${bad}\n`);
      await start();
      expect((await until(results, 'good')).n).toBe(1);
      await expect
        .poll(() => stateOf(ctx), { timeout: 10_000 })
        .toMatchObject({ status: 'running', versionNumber: 1, rejected: rejected(1 + times) });
    },
  );

  test('chosen while the one before it loads, leaves the place to that', async () => {
    const { under, ctx, make } = await runtime();
    const results = await make('hasty', `print("loading")\nimport time\ntime.sleep(0.3)\n${counting('good')}`);
    await expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain('"loading"');
    await deploy(ctx, 'def handler(:\n');
    expect((await until(results, 'good')).n).toBe(1);
    await expect
      .poll(() => stateOf(ctx), { timeout: 10_000 })
      .toMatchObject({ status: 'running', versionNumber: 1, rejected: rejected(2) });
  });

  test('and what comes after it does not wait for it to end', async () => {
    const { under, ctx, make } = await runtime();
    const results = await make('hasty', 'print("loading")\nwhile True: pass\n');
    await expect.poll(() => under.logLines.join('\n'), { timeout: 10_000 }).toContain('"loading"');
    await deploy(ctx, counting('good'));
    await until(results, 'good');
    expect(await stateOf(ctx)).toMatchObject({ versionNumber: 2, rejected: null });
  });

  test('leaves the place to the built-in one where nobody had brought code', async () => {
    const { ctx, start } = await registry();
    await createFunction(ctx, ADMIN, { name: 'hasty' });
    await deploy(ctx, 'def handler(:\n');
    await start();
    await expect
      .poll(() => stateOf(ctx), { timeout: 10_000 })
      .toMatchObject({ source: 'built in', rejected: rejected(1) });
  });

  test('is the only one where it is the first, and nothing runs', async () => {
    const { ctx, make, start } = await registry();
    await make('hasty', 'def handler(:\n');
    await start();
    await expect
      .poll(() => stateOf(ctx), { timeout: 10_000 })
      .toMatchObject({ status: 'crashing', versionNumber: null, failure: { kind: 'init' } });
  });
});

test('a deleted function ends, and nothing of it comes back', async () => {
  const { under, ctx, make } = await runtime();
  const results = await make('gone', 'import os\ndef handler(event, context):\n    return {"pid": os.getpid()}\n');
  const { pid } = numbers(await results.next());
  await deleteFunction(ctx, ADMIN, { name: 'gone' });
  const isAlive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await expect.poll(isAlive, { timeout: 10_000 }).toBe(false);
  expect(await under.redis.keys(`${under.config.redis.keyPrefix}{gone}*`)).toEqual([]);
  await expect(readFunction(ctx, { name: 'gone' })).rejects.toMatchObject({ code: 'not_found' });
});

test('functions that share a process go on with their env when one of them hangs, which lives alone from then on', async () => {
  const { ctx, make, under } = await runtime();
  const shared = { isolation: 'shared' } as const;
  const neighbours = [await make('one', counting('one'), shared), await make('two', counting('two'), shared)];
  for (const [index, results] of neighbours.entries()) await until(results, ['one', 'two'][index] ?? '');
  const hung = await make('hangs', 'def handler(event, context):\n    while True: pass\n', {
    ...shared,
    timeoutMs: 400,
  });
  expect((await hung.next()).failure?.kind).toBe('timeout');
  const atDeath = neighbours.map(({ all }) => all.length);
  // It hangs again, alone.
  expect((await hung.next()).failure?.kind).toBe('timeout');
  for (const [index, results] of neighbours.entries()) {
    while (results.all.length < (atDeath[index] ?? 0) + 20) await results.next();
    expectUnbroken(results);
    expect(results.all.every(({ failure }) => failure === undefined)).toBe(true);
  }
  expect((await readFunction(ctx, { name: 'one' })).state).toMatchObject({ status: 'running', isolation: 'shared' });
  const pids = under.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'loaded');
  const pidsOf = (name: string) => pids.filter((each) => each.function === name).map(({ pid }) => pid);
  expect(pidsOf('one').at(-1)).toBe(pidsOf('two').at(-1));
  expect(pidsOf('hangs').at(-1)).not.toBe(pidsOf('two').at(-1));
  expect(pidsOf('one')).toHaveLength(2);
});
