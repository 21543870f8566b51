import { describe, expect, test } from 'vitest';
import { VigiaError } from '#lib/errors';
import type { SettingChanges } from '#lib/schemas/settings';
import { declared } from '../../e2e/support/declared.ts';
import { createFunction } from './create-function.ts';
import { declareFunction } from './declare-function.ts';
import { deleteFunction } from './delete-function.ts';
import { deployCode, rollBack } from './deploy-code.ts';
import { settingsInForce } from './layers.ts';
import { listFunctions } from './list-functions.ts';
import { listVersions } from './list-versions.ts';
import { readFunction } from './read-function.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, lifetimesOf, python, registrySuite } from './registry.fixture.ts';
import { updateSettings } from './update-settings.ts';

const suite = registrySuite();
const FIFTY = Array.from({ length: 50 }, (_, index) => index);
/** Each by another person, so that none of them can be taken for another. */
const person = (index: number) => ({ ...admin, uid: index, name: `admin ${index}` });

describe('at once', () => {
  test('of 50 changes based on one revision exactly one is made; all others get what is there now', async () => {
    const ctx = suite.open();
    const { revision } = await createFunction(ctx, admin, { name: 'f' });
    const outcomes = await Promise.allSettled(
      FIFTY.map((index) =>
        updateSettings(ctx, person(index), { name: 'f', changes: { periodMs: 1_000 + index }, revision }),
      ),
    );
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
    expect(made).toHaveLength(1);
    expect(await readRecord(ctx, 'f')).toEqual(made[0]);
    const refusals = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason);
    expect(refusals).toHaveLength(49);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'conflict', current: made[0] });
  });

  test('50 changes based on none are all made, one after another, and none is lost', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const changes: SettingChanges[] = [
      { periodMs: 100 },
      { timeoutMs: 200 },
      { handler: 'other' },
      { invoke: 'change' },
      { isolation: 'shared' },
    ];
    const made = await Promise.all(
      FIFTY.map((index) => updateSettings(ctx, person(index), { name: 'f', changes: changes[index % 5] ?? {} })),
    );
    expect(new Set(made.map(({ revision }) => revision)).size).toBe(50);
    const record = await readRecord(ctx, 'f');
    expect(record.revision).toBe(Math.max(...made.map(({ revision }) => revision)));
    expect(record.overrides.settings).toEqual(Object.assign({}, ...changes));
  });

  test('50 people make one function: it is made once, and everybody else hears that it exists', async () => {
    const ctx = suite.open();
    const outcomes = await Promise.allSettled(
      FIFTY.map((index) => createFunction(ctx, person(index), { name: 'f', settings: { periodMs: 100 + index } })),
    );
    const made = outcomes.filter((outcome) => outcome.status === 'fulfilled').map(({ value }) => value);
    expect(made).toEqual([await readRecord(ctx, 'f')]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'exists' });
  });

  test('a declaration and an override do not undo one another', async () => {
    const ctx = suite.open();
    await declared(ctx, 'f');
    const code = { version: null, standIn: null, problem: null };
    await Promise.all(
      FIFTY.map((index) =>
        index % 2 === 0
          ? updateSettings(ctx, admin, { name: 'f', changes: { timeoutMs: 1_000 + index } })
          : declareFunction(ctx, 'f', { host: 'pod', settings: { periodMs: 100 + index }, from: {}, code }),
      ),
    );
    const record = await readRecord(ctx, 'f');
    expect(record.overrides.settings.timeoutMs).toBeGreaterThanOrEqual(1_000);
    expect(record.deployment?.settings.periodMs).toBeGreaterThan(100);
  });
});

describe('a change', () => {
  test('is told to the runtimes, and is in the registry by the time they hear of it', async () => {
    const ctx = suite.open();
    const listener = ctx.redis.duplicate();
    await listener.subscribe(ctx.keys.registryChanged);
    const heard = new Promise<string>((resolve) => listener.once('message', (_channel, name: string) => resolve(name)));
    const { revision } = await createFunction(ctx, admin, { name: 'f' });
    expect(await heard).toBe('f');
    expect(await ctx.redis.hgetall(ctx.keys.registry)).toEqual({ f: `${revision}` });
    listener.disconnect();
  });

  test('says who made it and when, and is taken back by null', async () => {
    const ctx = suite.open();
    const before = Date.now();
    await declareFunction(ctx, 'f', {
      host: 'pod',
      settings: { periodMs: 2_000 },
      from: {},
      code: { version: null, standIn: null, problem: null },
    });
    const changed = await updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 300, enabled: false } });
    expect(settingsInForce(changed)).toMatchObject({ periodMs: 300, enabled: false });
    expect(changed.overrides.changes.periodMs?.by).toEqual({ kind: 'user', uid: 0, name: 'admin' });
    expect(changed.overrides.changes.periodMs?.at).toBeGreaterThanOrEqual(before);
    const reverted = await updateSettings(ctx, admin, { name: 'f', changes: { periodMs: null } });
    expect(settingsInForce(reverted)).toMatchObject({ periodMs: 2_000, enabled: false });
    expect(reverted.overrides.settings).toEqual({ enabled: false });
    expect(Object.keys(reverted.overrides.changes)).toEqual(['enabled']);
  });

  test('that changes nothing is no change', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const before = await dumpOf(ctx);
    await updateSettings(ctx, admin, { name: 'f', changes: {} });
    await updateSettings(ctx, admin, { name: 'f', changes: { periodMs: null } });
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('with several bad values names each of them and changes nothing', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f' });
    const before = await dumpOf(ctx);
    const changes = {
      periodMs: 1,
      timeoutMs: Number.NaN,
      inputKey: ' ',
      handler: 'a\u0000b',
      enabled: true,
      colour: 1,
    };
    const refusal = await updateSettings(ctx, admin, { name: 'f', changes }).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: 'invalid' });
    const paths = refusal instanceof VigiaError ? refusal.fields?.map(({ path }) => path) : [];
    expect(paths).toEqual(['inputKey', 'periodMs', 'timeoutMs', 'handler', 'colour']);
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('of a function that is not there is refused', async () => {
    const ctx = suite.open();
    const gone = { code: 'not_found' };
    await expect(updateSettings(ctx, admin, { name: 'f', changes: { periodMs: 100 } })).rejects.toMatchObject(gone);
    await expect(deployCode(ctx, admin, { name: 'f', code: python('x = 1') })).rejects.toMatchObject(gone);
    await expect(rollBack(ctx, admin, { name: 'f', version: null })).rejects.toMatchObject(gone);
    await expect(deleteFunction(ctx, admin, { name: 'f' })).rejects.toMatchObject(gone);
    expect(await dumpOf(ctx)).toEqual(new Map());
  });
});

describe('a new function', () => {
  test.each(['constructor', 'hasOwnProperty', 'toString', 'valueOf', 'last', 'parts', 'a.b-c_d', '0'])(
    'may be called %s',
    async (name) => {
      const ctx = suite.open();
      await createFunction(ctx, admin, { name, settings: { periodMs: 100 }, code: python('x = 1') });
      await updateSettings(ctx, admin, { name, changes: { enabled: false } });
      expect((await listFunctions(ctx)).map((each) => each.name)).toEqual([name]);
      expect((await readFunction(ctx, { name })).state).toMatchObject({ name, periodMs: 100, status: 'disabled' });
      expect(await listVersions(ctx, admin, { name })).toMatchObject([{ number: 1, isKept: true, isLive: false }]);
      await deleteFunction(ctx, admin, { name });
      expect(await listFunctions(ctx)).toEqual([]);
    },
  );

  test.each(['', '__proto__', '-a', 'a}', '{a', 'a:b', 'a b', 'a/b', 'é', 'a\n', 'x'.repeat(65)])(
    'is never called %j',
    async (name) => {
      const ctx = suite.open();
      await expect(createFunction(ctx, admin, { name, settings: { periodMs: 1 } })).rejects.toMatchObject({
        code: 'invalid',
        fields: [{ path: 'name' }, { path: 'periodMs' }],
      });
      expect(await dumpOf(ctx)).toEqual(new Map());
    },
  );

  test('whose code cannot be used is not made at all', async () => {
    const ctx = suite.open();
    await expect(createFunction(ctx, admin, { name: 'f', code: python(' \n') })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'code', message: 'the code is empty' }],
    });
    expect(await dumpOf(ctx)).toEqual(new Map());
  });

  test('is there with its code or not at all, whenever the connection dies', async () => {
    const ctx = suite.open();
    let made = false;
    for (let commands = 0; !made; commands += 1) {
      const name = 'f';
      const code = python(`x = ${commands}`);
      const outcome = await createFunction(await suite.dying(ctx, commands), admin, { name, code }).catch(() => null);
      made = outcome !== null;
      if (made) expect(commands).toBeGreaterThan(5);
      const left = await lifetimesOf(ctx, name);
      if (!left.has('record')) {
        for (const [key, ms] of left) expect.soft(ms, key).toBeGreaterThan(0);
        await createFunction(ctx, admin, { name, code });
      }
      for (const [key, ms] of await lifetimesOf(ctx, name)) expect.soft(ms, key).toBe(-1);
      expect(await listVersions(ctx, admin, { name })).toMatchObject([{ number: 1, isKept: true }]);
      await deleteFunction(ctx, admin, { name });
    }
  });
});

describe('a record that this Vigia cannot read', () => {
  test('takes no other function along', async () => {
    const ctx = suite.open();
    for (const name of ['a', 'b', 'c']) await createFunction(ctx, admin, { name });
    const newer = JSON.parse((await ctx.redis.get(ctx.keys.record('b'))) ?? '');
    newer.overrides.settings.invoke = 'cron';
    await ctx.redis.set(ctx.keys.record('b'), JSON.stringify(newer));
    expect((await listFunctions(ctx)).map(({ name }) => name)).toEqual(['a', 'c']);
    await updateSettings(ctx, admin, { name: 'a', changes: { outputKey: 'mine' } });
    await createFunction(ctx, admin, { name: 'd' });
  });
});
