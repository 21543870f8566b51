import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import { createFunction } from '#lib/functions/create-function';
import { deployCode, rollBack } from '#lib/functions/deploy-code';
import { listVersions } from '#lib/functions/list-versions';
import { readFunction } from '#lib/functions/read-function';
import { expectUnbroken } from '../../e2e/support/unbroken.ts';
import { ADMIN, counting, python, runtimeSuite, until } from './registry.fixture.ts';

const { registry, runtime } = runtimeSuite();

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
    expectUnbroken(results.all);
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
    expectUnbroken(results.all);
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
