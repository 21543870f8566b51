import type { FunctionRecord, LayeredSetting } from '#lib/schemas/record';
import { type FunctionSettings, type SettingName, settingName } from '#lib/schemas/settings';

/** What holds where neither the deployment nor a person says otherwise. */
const DEFAULTS = {
  inputKey: 'metrics',
  periodMs: 5_000,
  handler: 'handler',
  invoke: 'tick',
  isolation: 'own',
  enabled: true,
} as const satisfies Partial<FunctionSettings>;

/** An invocation may take at least this long. */
const LEAST_TIMEOUT_MS = 10_000;

type Layered = Pick<FunctionRecord, 'defaultOutputKey' | 'deployment' | 'overrides'>;

/** The settings that a function runs with: an override wins over the deployment, that over the default. */
export function settingsInForce({ defaultOutputKey, deployment, overrides }: Layered): FunctionSettings {
  const said = { ...DEFAULTS, outputKey: defaultOutputKey, ...deployment?.settings, ...overrides.settings };
  // Its default is the only one that depends on another setting.
  return { ...said, timeoutMs: said.timeoutMs ?? Math.max(LEAST_TIMEOUT_MS, said.periodMs) };
}

/** Every setting with its layers, in the order of the schema. */
export function layersOf(record: Layered): LayeredSetting[] {
  return settingName.options.map((name) => layersOfOne(record, name));
}

function layersOfOne(record: Layered, name: SettingName): LayeredSetting {
  const { deployment, overrides } = record;
  const withoutOverride = { ...record, overrides: { ...overrides, settings: without(overrides.settings, name) } };
  const bare = deployment && { ...deployment, settings: without(deployment.settings, name) };
  const declared = deployment?.settings[name];
  const overridden = overrides.settings[name];
  const change = overrides.changes[name];
  return {
    name,
    inForce: settingsInForce(record)[name],
    layer: overridden !== undefined ? 'override' : declared !== undefined ? 'deployment' : 'default',
    default: settingsInForce({ ...withoutOverride, deployment: bare })[name],
    deployment:
      deployment === null || declared === undefined
        ? null
        : { value: declared, from: deployment.from[name] ?? '', at: deployment.at, host: deployment.host },
    override: overridden === undefined || change === undefined ? null : { value: overridden, ...change },
  };
}

function without<T extends object>(all: T, name: keyof T): T {
  const rest = { ...all };
  delete rest[name];
  return rest;
}
