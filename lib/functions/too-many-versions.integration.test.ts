import { describe, expect, test } from 'vitest';
import { createFunction } from './create-function.ts';
import { declareFunction } from './declare-function.ts';
import { rollBack } from './deploy-code.ts';
import { keepCode } from './keep-code.ts';
import { listVersions } from './list-versions.ts';
import { admin, python, registrySuite } from './registry.fixture.ts';
import { deploy, MIB, newCode, run } from './versions.fixture.ts';
import { MOST, noteOutcome } from './versions.ts';

const suite = registrySuite();

describe('of too many versions', () => {
  test('the oldest go with all that is kept of them, but not what runs or is to run', async () => {
    const ctx = suite.open();
    const first = await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    await run(ctx, first, 1);
    for (let number = 2; number <= 5; number += 1) await noteOutcome(ctx, 'f', await deploy(ctx, `x = ${number}`), {});
    const code = { version: 3, standIn: 4, problem: null };
    await declareFunction(ctx, 'f', { host: 'pod', settings: {}, from: {}, code });
    for (let number = 6; number <= MOST.versions + 6; number += 1) await deploy(ctx, `x = ${number}`);
    const listed = await listVersions(ctx, admin, { name: 'f' });
    const newest = Array.from({ length: MOST.versions }, (_, index) => MOST.versions + 6 - index);
    expect(listed.map(({ number }) => number)).toEqual([...newest, 4, 3, 1]);
    expect(listed.every(({ isKept }) => isKept)).toBe(true);
    const codes = await ctx.redis.keys(ctx.keys.code('f', '*'));
    expect(codes).toHaveLength(listed.length);
    expect(await ctx.redis.hlen(ctx.keys.versionsByContent('f'))).toBe(listed.length);
    expect(await ctx.redis.hkeys(ctx.keys.versionOutcomes('f'))).toEqual(['3', '4']);
    await noteOutcome(ctx, 'f', 2, { liveAt: 1 });
    expect(await ctx.redis.hkeys(ctx.keys.versionOutcomes('f'))).toEqual(['3', '4']);
    await expect(rollBack(ctx, admin, { name: 'f', version: 2 })).rejects.toMatchObject({ code: 'not_found' });
    expect(await deploy(ctx, 'x = 2')).toBe(MOST.versions + 7);
  });

  test('what was chosen before stays while nothing has been live, and goes once something is', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('good') });
    for (let index = 0; index < MOST.versions; index += 1)
      await keepCode(ctx, 'f', newCode(Buffer.from(`x = ${index}`)));
    const numbers = async () => (await listVersions(ctx, admin, { name: 'f' })).map(({ number }) => number);
    await deploy(ctx, 'bad');
    expect(await numbers()).toContain(1);
    await run(ctx, record, await deploy(ctx, 'another'));
    await deploy(ctx, 'one more');
    expect(await numbers()).not.toContain(1);
  });

  test('those that a deployment brings go as well', async () => {
    const ctx = suite.open();
    for (let index = 0; index < MOST.versions + 3; index += 1) {
      const version = await keepCode(ctx, 'f', newCode(Buffer.from(`x = ${index}`)));
      const code = { version, standIn: null, problem: null };
      await declareFunction(ctx, 'f', { host: 'pod', settings: {}, from: {}, code });
    }
    expect(await listVersions(ctx, admin, { name: 'f' })).toHaveLength(MOST.versions);
  });

  test('the texts of the largest old ones go, and what is needed or small stays', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('small') });
    const large = (fill: number) => newCode(Buffer.alloc(50 * MIB, fill));
    for (const fill of [2, 3, 4, 5]) await keepCode(ctx, 'f', large(fill));
    await run(ctx, record, 2);
    expect(await deploy(ctx, 'small too')).toBe(6);
    const listed = await listVersions(ctx, admin, { name: 'f' });
    expect(listed.map(({ number, isKept }) => [number, isKept])).toEqual([
      [6, true],
      [5, true],
      [4, true],
      [3, false],
      [2, true],
      [1, false],
    ]);
  });

  test('a failure to drop them does not make a failure of the deployment', async () => {
    const ctx = suite.open();
    const record = await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    await run(ctx, record, 1);
    await ctx.redis.set(ctx.keys.functionState('f'), '{"versionNumber":"newer"}');
    expect(await deploy(ctx, 'x = 2')).toBe(2);
  });
});
