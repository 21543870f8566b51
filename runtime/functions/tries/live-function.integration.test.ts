import { describe, expect, test } from 'vitest';
import { deployCode } from '#lib/functions/deploy-code';
import { expectUnbroken } from '../../../e2e/support/unbroken.ts';
import { ADMIN, file, left, python, type Surroundings, triesSuite } from './tries.fixture.ts';

const { atRest, ranBefore, surroundings, folders } = triesSuite();

/** Everything in Redis below some prefix, byte by byte. */
async function dumpOf({ under, input }: Surroundings) {
  const { keyPrefix } = under.config.redis;
  const keys = [...(await under.redis.keys(`${keyPrefix}{live}:*`)), input, 'live-output'].sort();
  return await Promise.all(keys.map(async (key) => [key, await under.redis.dumpBuffer(key)]));
}

describe('the live function', () => {
  test('and all that is kept of it stay as they are', async () => {
    const around = await ranBefore();
    const before = await dumpOf(around);
    expect(before.length).toBeGreaterThan(5);
    const { tryIt } = around;
    await tryIt({ code: python('def handler(event, context):\n    context.env["n"] = -1\n    return {"n": -1}\n') });
    await tryIt({ code: python('def handler(event, context):\n    raise KeyError\n') });
    await tryIt({ code: python('syntax error') });
    await tryIt({});
    expect(await dumpOf(around)).toEqual(before);
    expect(await left(around)).toEqual([]);
  });

  test.each([
    ['Python', python('def handler(event, context):\n    while True: pass\n')],
    ['JavaScript', file('javascript', 'export const handler = () => {\n  for (;;);\n};\n')],
  ])('ticks on while an endless loop in %s runs into its deadline', async (_name, code) => {
    const { under, tryIt, start } = await surroundings({ settings: { timeoutMs: 1_000 } });
    const results = await under.results('live');
    await start();
    await results.next();
    const before = results.all.length;
    expect(await tryIt({ code })).toMatchObject({
      outcome: 'failed',
      failure: { kind: 'timeout', message: 'timed out at 1.0 s' },
    });
    expect(results.all.length).toBeGreaterThan(before + 5);
    expectUnbroken(results.all);
    expect(folders()).toEqual([]);
  });

  test('ticks on when a try brings down its whole process', async () => {
    const { under, tryIt, start, ctx } = await surroundings();
    await deployCode(ctx, ADMIN, {
      name: 'live',
      code: file(
        'javascript',
        'export const handler = (event, { env }) => ({ n: (env.n = (env.n ?? 0) + 1), pid: process.pid });\n',
      ),
    });
    const results = await under.results('live');
    await start();
    await results.next();
    const kill = 'import { kill } from "node:process";\nexport const handler = () => kill(process.pid, "SIGKILL");\n';
    expect((await tryIt({ code: file('javascript', kill) })).failure).toMatchObject({ kind: 'exit' });
    await results.next();
    const pids = results.all.map(({ result }) => JSON.parse(result ?? '').pid);
    expect(new Set(pids).size).toBe(1);
    expectUnbroken(results.all);
  });
});

describe('env', () => {
  const reads = python(
    'def handler(event, context):\n    return {"n": context.env.get("n", 0), "first": context.last_execution is None, "keys": [context.input_key, context.output_key]}\n',
  );

  test('is a copy of the newest snapshot, or empty', async () => {
    const around = await ranBefore();
    const keys = [around.input, 'live-output'];
    const n = JSON.parse((await around.under.redis.get('live-output')) ?? '').n;
    const copy = await around.tryIt({ code: reads });
    expect(JSON.parse(copy.result?.text ?? '')).toEqual({ n, first: false, keys });
    const empty = await around.tryIt({ code: reads, env: 'empty' });
    expect(JSON.parse(empty.result?.text ?? '')).toEqual({ n: 0, first: true, keys });
  });

  test('says what of it could not be saved', async () => {
    const { tryIt } = await atRest();
    const code = python('def handler(event, context):\n    context.env["lock"] = object()\n    return {"x": 1}\n');
    expect((await tryIt({ code })).notSaved).toEqual([{ path: 'env.lock', type: 'object' }]);
  });

  test('of another language is said to be of no use', async () => {
    const around = await ranBefore();
    const { outcome, log } = await around.tryIt({
      code: file('javascript', 'export const handler = () => ({ x: 1 });'),
    });
    expect([outcome, log]).toEqual([
      'result',
      [{ stream: 'vigia', text: expect.stringContaining('env starts empty') }],
    ]);
  });
});
