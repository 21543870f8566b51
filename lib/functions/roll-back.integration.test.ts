import { describe, expect, test } from 'vitest';
import { createFunction } from './create-function.ts';
import { rollBack } from './deploy-code.ts';
import { listVersions } from './list-versions.ts';
import { admin, dumpOf, python, registrySuite } from './registry.fixture.ts';
import { deploy } from './versions.fixture.ts';
import { readVersion } from './versions.ts';

const suite = registrySuite();

describe('rolling back', () => {
  test('chooses an earlier version, or with null what the deployment says', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await deploy(ctx, 'b');
    expect((await rollBack(ctx, admin, { name: 'f', version: 1 })).overrides.code?.version).toBe(1);
    expect((await rollBack(ctx, admin, { name: 'f', version: null })).overrides.code).toBe(null);
    expect((await listVersions(ctx, admin, { name: 'f' })).map(({ number }) => number)).toEqual([2, 1]);
  });

  test('keeps env, unless a fresh one is asked for', async () => {
    const ctx = suite.open();
    const { envEpoch } = await createFunction(ctx, admin, { name: 'f', code: python('a') });
    expect((await rollBack(ctx, admin, { name: 'f', version: 1 })).envEpoch).toBe(envEpoch);
    expect((await rollBack(ctx, admin, { name: 'f', version: 1, freshEnv: true })).envEpoch).toBe(envEpoch + 1);
  });

  test.each([
    ['that never was', 7],
    ['whose text is not kept', 1],
    ['0', 0],
    ['that is no number', Number.NaN],
  ])('to a version %s is refused and changes nothing', async (_which, version) => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await deploy(ctx, 'b');
    await ctx.redis.del(ctx.keys.code('f', (await readVersion(ctx, 'f', 1)).sha256));
    const before = await dumpOf(ctx);
    await expect(rollBack(ctx, admin, { name: 'f', version })).rejects.toMatchObject({ code: 'not_found' });
    expect(await dumpOf(ctx)).toEqual(before);
    expect(await listVersions(ctx, admin, { name: 'f' })).toMatchObject([
      { isKept: true },
      { number: 1, isKept: false },
    ]);
  });

  test('to a version of which a part is left is refused', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('a') });
    await ctx.redis.hdel(ctx.keys.code('f', (await readVersion(ctx, 'f', 1)).sha256), 'parts');
    await expect(rollBack(ctx, admin, { name: 'f', version: 1 })).rejects.toMatchObject({ code: 'not_found' });
    expect(await listVersions(ctx, admin, { name: 'f' })).toMatchObject([{ isKept: false }]);
  });
});
