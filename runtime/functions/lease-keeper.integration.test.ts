import { expect, test } from 'vitest';
import { createFunction } from '#lib/functions/create-function';
import { isFenced } from '#lib/functions/record-invocation';
import { readRecord } from '#lib/functions/records';
import { admin, invoke, registrySuite } from '#lib/functions/registry.fixture';
import { LeaseKeeper } from './lease-keeper.ts';
import { thisProcess } from './place.ts';

const suite = registrySuite();

test('a function that is stopped and started in one process is had at once, and not under what was left behind', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'f' });
  const self = thisProcess();
  // Redis did not take its release: the lease is still there.
  const before = new LeaseKeeper(ctx, 'f', self, () => {});
  await before.claim();
  const after = new LeaseKeeper(ctx, 'f', self, () => {});
  await after.claim();
  expect(await ctx.redis.get(ctx.keys.lease('f'))).toBe(after.text);
  const write = async (text: string | null) =>
    await invoke(ctx, await readRecord(ctx, 'f'), { token: 0, text: text ?? '' }).catch(isFenced);
  expect(await write(before.text)).toBe(true);
  expect(await write(after.text)).toMatch(/^\d+-\d+$/);
  await before.release();
  expect(await ctx.redis.get(ctx.keys.lease('f'))).toBe(after.text);
});
