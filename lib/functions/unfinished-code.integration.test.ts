import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { lifetimes } from '#lib/keys';
import { createFunction } from './create-function.ts';
import { deployCode } from './deploy-code.ts';
import { keepCode, readCode } from './keep-code.ts';
import { readRecord } from './records.ts';
import { admin, lifetimesOf, python, registrySuite } from './registry.fixture.ts';
import { MIB, newCode, textOf } from './versions.fixture.ts';
import { readVersion } from './versions.ts';

const suite = registrySuite();

describe('code that was not written to its end', () => {
  test('is not taken for whole, goes by itself, and is made whole by whoever brings it again', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const content = randomBytes(3 * MIB);
    let [number, commands] = [0, 0];
    for (; number === 0; commands += 1) {
      const dying = await suite.dying(ctx, commands);
      number = await keepCode(dying, 'f', newCode(content)).catch(() => 0);
      const codes = [...(await lifetimesOf(ctx, 'f'))].filter(([key]) => key.startsWith('code:'));
      for (const [key, left] of codes) {
        expect((await readCode(ctx, 'f', key.slice('code:'.length))) === null).toBe(number === 0);
        if (number === 0) expect(left).toBeGreaterThan(0);
        if (number === 0) expect(left).toBeLessThanOrEqual(lifetimes.unfinishedCode);
      }
    }
    expect([number, commands]).toEqual([1, 5]);
    const { sha256 } = await readVersion(ctx, 'f', 1);
    expect((await readCode(ctx, 'f', sha256))?.equals(content)).toBe(true);
    expect(await ctx.redis.pttl(ctx.keys.code('f', sha256))).toBe(-1);
  });

  test('and that goes meanwhile is written again', async () => {
    for (let commands = 0; commands < 6; commands += 1) {
      const ctx = suite.open();
      await createFunction(ctx, admin, { name: 'f' });
      const content = randomBytes(3 * MIB);
      const runOut = async () => {
        const [key = ''] = await ctx.redis.keys(ctx.keys.code('f', '*'));
        if ((await ctx.redis.pttl(key)) > 0) await ctx.redis.del(key);
      };
      await keepCode(await suite.interrupted(ctx, commands, runOut), 'f', newCode(content));
      const { sha256 } = await readVersion(ctx, 'f', 1);
      expect((await readCode(ctx, 'f', sha256))?.equals(content)).toBe(true);
    }
  });

  test('is not what whoever writes the same at the same time is left with', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const content = randomBytes(3 * MIB);
    const slow = await suite.dying(ctx, 2);
    const [number] = await Promise.all([
      keepCode(ctx, 'f', newCode(content)),
      keepCode(slow, 'f', newCode(content)).catch(() => null),
    ]);
    await keepCode(await suite.dying(ctx, 1), 'f', newCode(content)).catch(() => null);
    const { sha256 } = await readVersion(ctx, 'f', number);
    expect(await ctx.redis.pttl(ctx.keys.code('f', sha256))).toBe(-1);
  });

  test('changes nothing of what runs, whenever the connection dies', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('old') });
    let version: number | null = null;
    for (let commands = 0; version === null; commands += 1) {
      const dying = await suite.dying(ctx, commands);
      const code = python('new');
      version = await deployCode(dying, admin, { name: 'f', code }).then(
        (deployed) => deployed.version,
        () => null,
      );
      const { overrides } = await readRecord(ctx, 'f');
      expect(await textOf(ctx, overrides.code?.version ?? 0)).toBe(version === null ? 'old' : 'new');
    }
    expect(version).toBe(2);
  });
});
