import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import type { FunctionRecord } from '#lib/schemas/record';
import { createFunction } from './create-function.ts';
import { deployCode, rollBack } from './deploy-code.ts';
import { keepCode } from './keep-code.ts';
import { readRecord } from './records.ts';
import { admin, python, registrySuite } from './registry.fixture.ts';
import { deploy, newCode, run, textOf } from './versions.fixture.ts';
import { MOST, readVersion } from './versions.ts';

const suite = registrySuite();

describe('the oldest of too many versions is chosen again while a new one makes it one too many', () => {
  const choosing = (ctx: Context) => rollBack(ctx, admin, { name: 'f', version: 1 }).catch(() => null);
  const bringing = (ctx: Context) => deployCode(ctx, admin, { name: 'f', code: python('x = 1') });
  const another = (ctx: Context) => deployCode(ctx, admin, { name: 'f', code: python('another') });
  const same = { kind: 'file', language: 'python', fileName: 'same.py' } as const;

  const full = async (content: Buffer) => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    const rest = Array.from({ length: MOST.versions - 2 }, (_, index) => Buffer.from([index + 3]));
    for (const each of [content, ...rest]) await keepCode(ctx, 'f', newCode(each, same));
    await run(ctx, await rollBack(ctx, admin, { name: 'f', version: 2 }), 2);
    return ctx;
  };

  test.each([
    ['rolled back to, a deployment in between', choosing, another, Buffer.from([2])],
    ['rolled back to, a deployment in between that leaves its text', choosing, another, Buffer.from('x = 1')],
    ['brought again, a deployment in between', bringing, another, Buffer.from([2])],
    ['rolled back to in between', another, choosing, Buffer.from([2])],
    ['brought again in between', another, bringing, Buffer.from([2])],
  ])('what is chosen is kept: %s', async (_how, first, between, content) => {
    // Either of them has made its choice, and dropped what is too much, by then.
    for (let commands = 0; commands < 16; commands += 1) {
      const ctx = await full(content);
      await first(await suite.interrupted(ctx, commands, () => between(ctx)));
      const { overrides } = await readRecord(ctx, 'f');
      expect(await textOf(ctx, overrides.code?.version ?? 0)).toMatch(/x = 1|another/);
    }
  });

  test.each([
    ['', Buffer.from([2])],
    [' that leaves its text', Buffer.from('x = 1')],
  ])('what is dropped between the look and the choice is not chosen%s', async (_how, content) => {
    const ctx = await full(content);
    const isLooked = Promise.withResolvers<void>();
    let chosen: Promise<FunctionRecord | null> | undefined;
    // The new one has been chosen and the old one not dropped; then that is found, and dropped before it can be chosen.
    const dropping = await suite.interrupted(ctx, 16, async () => {
      const looking = await suite.interrupted(ctx, 3, async () => {
        isLooked.resolve();
        await brought;
      });
      chosen = choosing(looking);
      await isLooked.promise;
    });
    const brought = another(dropping);
    await brought;
    expect(await chosen).toBe(null);
    expect((await readRecord(ctx, 'f')).overrides.code?.version).toBe(MOST.versions + 1);
  });
});

test('a text that is dropped meanwhile is written again by whoever brings it, and not rolled back to', async () => {
  for (let commands = 0; commands < 8; commands += 1) {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
    await deploy(ctx, 'x = 2');
    const { sha256 } = await readVersion(ctx, 'f', 1);
    // As it happens to one that is not chosen.
    const drop = async () => {
      const { overrides } = await readRecord(ctx, 'f');
      if (overrides.code?.version !== 1) await ctx.redis.unlink(ctx.keys.code('f', sha256));
    };
    await rollBack(await suite.interrupted(ctx, commands, drop), admin, { name: 'f', version: 1 }).catch(() => null);
    const { overrides } = await readRecord(ctx, 'f');
    expect(await textOf(ctx, overrides.code?.version ?? 0)).toBeDefined();
    await rollBack(ctx, admin, { name: 'f', version: 2 });
    const again = { name: 'f', code: python('x = 1') };
    await deployCode(await suite.interrupted(ctx, commands, drop), admin, again);
    expect(await textOf(ctx, 1)).toBe('x = 1');
  }
});
