import { expect, test } from 'vitest';
import { deleteFunction } from '#lib/functions/delete-function';
import { readFunction } from '#lib/functions/read-function';
import { expectUnbroken } from '../../e2e/support/unbroken.ts';
import { ADMIN, counting, resultOf, runtimeSuite, until } from './registry.fixture.ts';

const { runtime } = runtimeSuite();

test('several functions run on one input, each with its own state, settings and output', async () => {
  const { under, make } = await runtime();
  const [one, two] = [await make('one', counting('one')), await make('two', counting('two'))];
  await Promise.all([until(one, 'one'), until(two, 'two')]);
  await Promise.all([one.next(), two.next()]);
  expect(JSON.parse((await under.redis.get('one-output')) ?? '')).toMatchObject({ says: 'one' });
  expect(JSON.parse((await under.redis.get('two-output')) ?? '')).toMatchObject({ says: 'two' });
  expectUnbroken(one.all);
  expectUnbroken(two.all);
});

test('what one function writes can be what another one is called with, at once', async () => {
  const { make, under, input } = await runtime();
  await make('first', 'def handler(event, context):\n    return {"doubled": event["x"] * 2}\n', { invoke: 'change' });
  const second = await make('second', 'def handler(event, context):\n    return {"sum": event["doubled"] + 1}\n', {
    inputKey: 'first-output',
    invoke: 'change',
  });
  expect(resultOf(await second.next())).toEqual({ sum: 3 });
  await under.redis.set(input, '{"x": 20}');
  expect(resultOf(await second.next())).toEqual({ sum: 41 });
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
  expect(resultOf(await results.next())).toEqual({ x: 4 });
});

test('a function that hangs does not hold up another one', async () => {
  const { make } = await runtime();
  const hung = await make('hangs', 'def handler(event, context):\n    while True: pass\n', { timeoutMs: 1_500 });
  const other = await make('other', counting('other'));
  const ran = other.all.length;
  expect((await hung.next()).failure?.kind).toBe('timeout');
  expect(other.all.length - ran).toBeGreaterThan(5);
  expectUnbroken(other.all);
});

test('a deleted function ends, and nothing of it comes back', async () => {
  const { under, ctx, make } = await runtime();
  const results = await make('gone', 'import os\ndef handler(event, context):\n    return {"pid": os.getpid()}\n');
  const { pid } = resultOf(await results.next());
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
    expectUnbroken(results.all);
    expect(results.all.every(({ failure }) => failure === undefined)).toBe(true);
  }
  expect((await readFunction(ctx, { name: 'one' })).state).toMatchObject({ status: 'running', isolation: 'shared' });
  const pids = under.logLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'loaded');
  const pidsOf = (name: string) => pids.filter((each) => each.function === name).map(({ pid }) => pid);
  expect(pidsOf('one').at(-1)).toBe(pidsOf('two').at(-1));
  expect(pidsOf('hangs').at(-1)).not.toBe(pidsOf('two').at(-1));
  expect(pidsOf('one')).toHaveLength(2);
});
