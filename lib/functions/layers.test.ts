import { describe, expect, test } from 'vitest';
import type { Actor, FunctionRecord } from '#lib/schemas/record';
import { settingName } from '#lib/schemas/settings';
import { layersOf, settingsInForce } from './layers.ts';

type Layered = Parameters<typeof layersOf>[0];

const by: Actor = { kind: 'user', uid: 0, name: 'admin' };
const code = { version: null, standIn: null, problem: null };
const bare: Layered = {
  defaultOutputKey: 'f-output',
  deployment: null,
  overrides: { settings: {}, changes: {}, code: null },
};
const declaring = (settings: NonNullable<FunctionRecord['deployment']>['settings']): Layered => ({
  ...bare,
  deployment: { at: 5, host: 'pod-1', settings, from: { periodMs: 'INTERVAL' }, code },
});
const overriding = (record: Layered, settings: FunctionRecord['overrides']['settings']): Layered => ({
  ...record,
  overrides: {
    settings,
    changes: Object.fromEntries(Object.keys(settings).map((name) => [name, { at: 9, by }])),
    code: null,
  },
});
const layerOf = (record: Layered, name: string) => layersOf(record).find((layer) => layer.name === name);

test('a function of which nobody says anything has the defaults', () => {
  expect(settingsInForce(bare)).toEqual({
    inputKey: 'metrics',
    outputKey: 'f-output',
    periodMs: 5_000,
    timeoutMs: 10_000,
    handler: 'handler',
    invoke: 'tick',
    isolation: 'own',
    enabled: true,
  });
  expect(layersOf(bare).map(({ layer }) => layer)).toEqual(settingName.options.map(() => 'default'));
});

test('an override wins over the deployment, the deployment over the default', () => {
  const declared = declaring({ periodMs: 2_000, inputKey: 'theirs' });
  const record = overriding(declared, { periodMs: 500, enabled: false });
  expect(settingsInForce(record)).toMatchObject({ periodMs: 500, inputKey: 'theirs', invoke: 'tick', enabled: false });
  expect(layerOf(record, 'periodMs')).toEqual({
    name: 'periodMs',
    inForce: 500,
    layer: 'override',
    default: 5_000,
    deployment: { value: 2_000, from: 'INTERVAL', at: 5, host: 'pod-1' },
    override: { value: 500, at: 9, by },
  });
  expect(layerOf(record, 'inputKey')).toMatchObject({ layer: 'deployment', inForce: 'theirs', override: null });
  expect(layerOf(record, 'enabled')).toMatchObject({ layer: 'override', inForce: false, default: true });
  expect(layerOf(record, 'invoke')).toMatchObject({ layer: 'default', deployment: null, override: null });
});

describe('the default timeout', () => {
  test.each([
    ['10 s for a short period', 10_000, overriding(bare, { periodMs: 500 })],
    ['a long period of a person', 60_000, overriding(bare, { periodMs: 60_000 })],
    ['a long period of the deployment', 30_000, declaring({ periodMs: 30_000 })],
    [
      'the period in force, not a lower layer’s',
      10_000,
      overriding(declaring({ periodMs: 30_000 }), { periodMs: 1_000 }),
    ],
  ])('is %s', (_what, expected, record) => {
    expect(settingsInForce(record).timeoutMs).toBe(expected);
    expect(layerOf(record, 'timeoutMs')).toMatchObject({ layer: 'default', inForce: expected, default: expected });
  });

  test('is shown beside one that somebody set', () => {
    const record = overriding(declaring({ timeoutMs: 300 }), { timeoutMs: 200, periodMs: 20_000 });
    expect(layerOf(record, 'timeoutMs')).toMatchObject({
      inForce: 200,
      layer: 'override',
      default: 20_000,
      deployment: { value: 300 },
    });
  });
});
