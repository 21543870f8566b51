import { describe, expect, test } from 'vitest';
import type { Context } from '#lib/context';
import type { FunctionRecord } from '#lib/schemas/record';
import { declared } from '../../e2e/support/declared.ts';
import { rollUpHistory } from '../../runtime/functions/history/roll-up.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import { deployCode } from './deploy-code.ts';
import type { NewInvocation } from './invocation-entries.ts';
import { keepInvocations } from './keep-invocations.ts';
import { acquireLease, type Lease, releaseLease } from './lease.ts';
import { listFunctions } from './list-functions.ts';
import { listInvocations } from './list-invocations.ts';
import { listVersions } from './list-versions.ts';
import { readFunction } from './read-function.ts';
import { readWindow } from './read-window.ts';
import { isFenced } from './record-invocation.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, holderOf, invoke, leaseOf, lifetimesOf, python, registrySuite } from './registry.fixture.ts';
import { updateSettings } from './update-settings.ts';
import { noteOutcome } from './versions.ts';

const suite = registrySuite();
const HOUR = 3_600_000;

const invocation: NewInvocation = {
  id: '1-0',
  startedAt: 1,
  lagMs: 0,
  tookMs: 1,
  version: 'abc',
  outcome: 'nothing',
  log: [],
  linesLeftOut: 0,
  texts: { input: Buffer.from('{}') },
};

/** A function with something under every key that one can have. */
async function withEverything(ctx: Context): Promise<{ record: FunctionRecord; lease: Lease }> {
  await createFunction(ctx, admin, { name: 'f', code: python('x = 1') });
  const { record } = await deployCode(ctx, admin, { name: 'f', code: python(`x = "${'long'.repeat(200_000)}"`) });
  await noteOutcome(ctx, 'f', 2, { liveAt: 1 });
  const lease = await leaseOf(ctx, 'f', 'runtime');
  const at = Date.now() - 3 * HOUR;
  await ctx.redis.xadd(ctx.keys.history('f'), `${at}-0`, 'i', '1', 'd', '1', 'l', '0', 'v', 'abc', 'r', '{"a":1}');
  await invoke(ctx, record, lease, 2);
  await keepInvocations(ctx, 'f', lease.text, [invocation]);
  await rollUpHistory(ctx, 'f');
  return { record, lease };
}

/** Whatever a runtime that has not heard of the end of its function may still write. */
async function writeLate(ctx: Context, { record, lease }: Awaited<ReturnType<typeof withEverything>>): Promise<void> {
  const late = await invoke(ctx, record, lease, 2).catch((error: unknown) => error);
  expect(isFenced(late)).toBe(true);
  await noteOutcome(ctx, 'f', 2, { failure: { kind: 'init', message: 'late' } });
  await keepInvocations(ctx, 'f', lease.text, [invocation]);
  await rollUpHistory(ctx, 'f');
  await releaseLease(ctx, 'f', lease);
}

test('nothing of a deleted function is left but the newest value of its output key', async () => {
  const ctx = suite.open();
  const { record } = await withEverything(ctx);
  expect([...(await lifetimesOf(ctx, 'f')).keys()].map((key) => key.replace(/code:.*/, 'code')).sort()).toEqual([
    'code',
    'code',
    'env',
    'events',
    'fence',
    'history',
    'history:15m',
    'history:15m:series',
    'history:1m',
    'history:1m:series',
    'invocation-texts',
    'invocations',
    'lease',
    'record',
    'state',
    'version-outcomes',
    'versions',
    'versions-by-content',
  ]);
  const listener = ctx.redis.duplicate();
  await listener.subscribe(ctx.keys.registryChanged);
  const heard = new Promise<string>((resolve) => listener.once('message', (_channel, name: string) => resolve(name)));
  await deleteFunction(ctx, admin, { name: 'f', revision: record.revision });
  expect(await heard).toBe('f');
  listener.disconnect();
  expect(await lifetimesOf(ctx, 'f')).toEqual(new Map());
  expect(await ctx.redis.hgetall(ctx.keys.registry)).toEqual({});
  expect(await ctx.redis.get('f-output')).toBe('{"a":1.0}');
  expect(await listFunctions(ctx)).toEqual([]);
  for (const read of [readFunction(ctx, { name: 'f' }), listVersions(ctx, admin, { name: 'f' })])
    await expect(read).rejects.toMatchObject({ code: 'not_found' });
});

test('what its runtime still writes changes nothing', async () => {
  const ctx = suite.open();
  const everything = await withEverything(ctx);
  await deleteFunction(ctx, admin, { name: 'f' });
  const before = await dumpOf(ctx);
  await ctx.redis.set('f-output', 'theirs');
  await writeLate(ctx, everything);
  const { token: last } = everything.lease;
  await expect(acquireLease(ctx, 'f', holderOf('runtime'), { last })).rejects.toMatchObject({ code: 'not_found' });
  expect(await dumpOf(ctx)).toEqual(before);
  expect(await ctx.redis.get('f-output')).toBe('theirs');
});

test('one that is made again under its name has nothing of it, and nothing to do with its runtime', async () => {
  const ctx = suite.open();
  const everything = await withEverything(ctx);
  const { revision: old } = everything.record;
  await deleteFunction(ctx, admin, { name: 'f' });
  const again = await createFunction(ctx, admin, { name: 'f', settings: { periodMs: 700 } });
  const before = await dumpOf(ctx);
  const late = await invoke(ctx, everything.record, everything.lease, 2).catch((error: unknown) => error);
  expect(isFenced(late)).toBe(true);
  await noteOutcome(ctx, 'f', 2, { liveAt: 1 });
  await releaseLease(ctx, 'f', everything.lease);
  expect(await dumpOf(ctx)).toEqual(before);

  expect((await readFunction(ctx, { name: 'f' })).state).toMatchObject({ status: 'starting', lastTickAt: null });
  expect(await listVersions(ctx, admin, { name: 'f' })).toEqual([]);
  expect(await listInvocations(ctx, admin, { name: 'f', limit: 10 })).toEqual([]);
  const range = { from: Date.now() - 6 * HOUR, to: Date.now(), periodMs: 5_000 };
  expect(await readWindow(ctx, { name: 'f', ...range })).toMatchObject({ times: [], entries: 0 });

  expect(again.revision).toBeGreaterThan(old);
  const changes = { enabled: false };
  await expect(updateSettings(ctx, admin, { name: 'f', changes, revision: old })).rejects.toMatchObject({
    code: 'conflict',
    current: again,
  });
  const { token: last } = everything.lease;
  const retaken = await leaseOf(ctx, 'f', 'runtime', last);
  expect(retaken.token).not.toBe(last);
  expect(isFenced(await invoke(ctx, again, everything.lease).catch((error: unknown) => error))).toBe(true);
  expect((await deployCode(ctx, admin, { name: 'f', code: python('y = 1') })).version).toBe(1);
});

describe('a deletion', () => {
  test('that is based on an old revision is refused with what is there now', async () => {
    const ctx = suite.open();
    const { revision } = await createFunction(ctx, admin, { name: 'f' });
    const current = await updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 100 } });
    const before = await dumpOf(ctx);
    const refusal = { code: 'conflict', current };
    await expect(deleteFunction(ctx, admin, { name: 'f', revision })).rejects.toMatchObject(refusal);
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('of what a runtime declares is refused as long as it does, and done afterwards', async () => {
    const ctx = suite.open();
    await declared(ctx, 'f');
    await ctx.redis.set(ctx.keys.declarer('f'), 'host');
    const before = await dumpOf(ctx);
    await expect(deleteFunction(ctx, admin, { name: 'f' })).rejects.toMatchObject({ code: 'in_use' });
    expect(await dumpOf(ctx)).toEqual(before);
    await ctx.redis.del(ctx.keys.declarer('f'));
    await deleteFunction(ctx, admin, { name: 'f' });
    expect(await lifetimesOf(ctx, 'f')).toEqual(new Map());
  });

  test('and changes at the same time leave all of the function or nothing of it', async () => {
    const ctx = suite.open();
    for (let round = 0; round < 10; round += 1) {
      const { revision } = await createFunction(ctx, admin, { name: 'f', code: python('x = 0') });
      const deletions = [1, 2, 3].map(() => deleteFunction(ctx, admin, { name: 'f', revision }));
      const changes = [1, 2, 3].map((n) => updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 100 + n } }));
      const outcomes = await Promise.allSettled(
        round % 2 === 0 ? [...deletions, ...changes] : [...changes, ...deletions],
      );
      const isDeleted = outcomes[round % 2 === 0 ? 0 : 3]?.status === 'fulfilled';
      const left = await lifetimesOf(ctx, 'f');
      if (isDeleted) expect(left).toEqual(new Map());
      else expect((await readRecord(ctx, 'f')).overrides.settings.periodMs).toBeGreaterThan(100);
      if (!isDeleted) await deleteFunction(ctx, admin, { name: 'f' });
    }
  });

  test('in the middle of an upload leaves nothing for good', async () => {
    const ctx = suite.open();
    const outcomes = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      await createFunction(ctx, admin, { name: 'f', code: python('x = 0') });
      const upload = deployCode(ctx, admin, { name: 'f', code: python(`x = ${round}${' '.repeat(10_000)}`) });
      const settled = upload.then(
        () => 'deployed',
        (error: { code?: string }) => error.code ?? 'other',
      );
      for (let pings = 0; pings < round; pings += 1) await ctx.redis.ping();
      await deleteFunction(ctx, admin, { name: 'f' });
      outcomes.add(await settled);
      for (const [key, left] of await lifetimesOf(ctx, 'f')) expect(left, key).toBeGreaterThan(0);
      await ctx.redis.flushall();
    }
    expect(['deployed', 'not_found']).toEqual(expect.arrayContaining([...outcomes]));
  });
});
