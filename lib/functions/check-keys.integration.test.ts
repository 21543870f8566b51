import { describe, expect, test } from 'vitest';
import { declared } from '../../e2e/support/declared.ts';
import { createFunction } from './create-function.ts';
import { deleteFunction } from './delete-function.ts';
import { settingsInForce } from './layers.ts';
import { readRecord } from './records.ts';
import { admin, dumpOf, registrySuite } from './registry.fixture.ts';
import { updateSettings } from './update-settings.ts';

const suite = registrySuite();
const refused = (path: string, message: string | RegExp) => ({
  code: 'invalid',
  fields: [{ path, message: expect.stringMatching(message) }],
});

describe('refused, by name, and nothing is changed', () => {
  test.each([
    ['a function that feeds itself', { inputKey: 'x', outputKey: 'x' }, 'outputKey', 'input key'],
    ['the output key that is the input key already', { outputKey: 'metrics' }, 'outputKey', 'input key'],
    ['to write into Vigia’s own keys', { outputKey: 'own:registry' }, 'outputKey', 'must not start with own:'],
    ['to read from Vigia’s own keys', { inputKey: 'own:{f}:state' }, 'inputKey', 'must not start with own:'],
    ['the output key of another function', { outputKey: 'taken' }, 'outputKey', 'is the output key of other already'],
    ['the default output key of another function', { outputKey: 'third-output' }, 'outputKey', 'of third already'],
    ['the output key of a deployment', { outputKey: 'metrics-output' }, 'outputKey', 'of default already'],
    ['the key of a collector', { outputKey: 'sampled' }, 'outputKey', 'collector'],
  ])('%s', async (_what, settings, path, message) => {
    const ctx = suite.open({ KEY_PREFIX: 'own:', REDIS_INPUT_KEY: 'in', REDIS_OUTPUT_KEY: 'out' });
    await ctx.redis.flushall();
    await declared(ctx, 'default');
    await createFunction(ctx, admin, { name: 'other', settings: { outputKey: 'taken', enabled: false } });
    await createFunction(ctx, admin, { name: 'third' });
    await createFunction(ctx, admin, { name: 'f' });
    await ctx.redis.set(ctx.keys.collector('sampled'), '{}');
    const before = await dumpOf(ctx);
    await expect(updateSettings(ctx, admin, { name: 'f', changes: settings })).rejects.toMatchObject(
      refused(path, message),
    );
    await expect(createFunction(ctx, admin, { name: 'g', settings })).rejects.toMatchObject(refused(path, message));
    expect(await dumpOf(ctx)).toEqual(before);
  });

  test('everything that is wrong at once', async () => {
    const ctx = suite.open();
    const own = `${ctx.config.redis.keyPrefix}x`;
    await expect(
      createFunction(ctx, admin, { name: 'f', settings: { inputKey: own, outputKey: own } }),
    ).rejects.toMatchObject({ fields: [{ path: 'inputKey' }, { path: 'outputKey' }, { path: 'outputKey' }] });
  });

  test('to take an override back, where that is the key of another one by now', async () => {
    const ctx = suite.open();
    await createFunction(ctx, admin, { name: 'f', settings: { outputKey: 'mine' } });
    await createFunction(ctx, admin, { name: 'g', settings: { outputKey: 'f-output' } });
    await expect(updateSettings(ctx, admin, { name: 'f', changes: { outputKey: null } })).rejects.toMatchObject(
      refused('outputKey', 'output key of g already'),
    );
  });
});

test('two who take one output key at once: one of them gets it', async () => {
  const ctx = suite.open();
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  for (const name of names) await createFunction(ctx, admin, { name });
  const outcomes = await Promise.allSettled([
    ...names.map((name) => updateSettings(ctx, admin, { name, changes: { outputKey: 'one' } })),
    ...['x', 'y', 'z'].map((name) => createFunction(ctx, admin, { name, settings: { outputKey: 'one' } })),
  ]);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const outcome of outcomes)
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(refused('outputKey', 'already'));
});

test('functions may feed one another, in a circle too', async () => {
  const ctx = suite.open();
  await createFunction(ctx, admin, { name: 'a', settings: { inputKey: 'b-output' } });
  await createFunction(ctx, admin, { name: 'b', settings: { inputKey: 'a-output' } });
  expect(settingsInForce(await readRecord(ctx, 'b'))).toMatchObject({ inputKey: 'a-output', outputKey: 'b-output' });
});

test('a key is free again when its function has been deleted or writes another one', async () => {
  const ctx = suite.open();
  for (const name of ['a', 'b', 'c']) await createFunction(ctx, admin, { name });
  await deleteFunction(ctx, admin, { name: 'a' });
  await updateSettings(ctx, admin, { name: 'b', changes: { outputKey: 'a-output' } });
  await updateSettings(ctx, admin, { name: 'c', changes: { outputKey: 'b-output' } });
  expect(settingsInForce(await readRecord(ctx, 'c')).outputKey).toBe('b-output');
});

test('what is said of other settings is not held up by a key that another one took over', async () => {
  const ctx = suite.open();
  await declared(ctx, 'one');
  await declared(ctx, 'two');
  const changed = await updateSettings(ctx, admin, { name: 'two', changes: { enabled: false } });
  expect(settingsInForce(changed)).toMatchObject({ enabled: false, outputKey: 'metrics-output' });
});
