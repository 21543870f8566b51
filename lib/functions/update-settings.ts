import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import type { Actor, FunctionRecord } from '#lib/schemas/record';
import { type SettingChanges, type SettingName, settingName } from '#lib/schemas/settings';
import { checkKeys } from './check-keys.ts';
import { changeRecord, notFound } from './records.ts';

/**
 * Overrides settings of a function, or takes overrides back (`null`); they apply from its next tick. With `revision`, only
 * if nobody has changed the function since that one.
 */
export async function updateSettings(
  ctx: Context,
  caller: Caller | null,
  { name, changes, revision }: { name: string; changes: SettingChanges; revision?: number | undefined },
): Promise<FunctionRecord> {
  const by = asAdmin(caller);
  return await changeRecord(
    ctx,
    name,
    async (record) => {
      if (record === null) throw notFound(name);
      const overrides = overridden(record.overrides, changes, by);
      const wanted = { ...record, overrides };
      if (changes.inputKey !== undefined || changes.outputKey !== undefined) await checkKeys(ctx, wanted);
      return wanted;
    },
    revision,
  );
}

/** Applies changes to the overrides, with who made them. */
export function overridden(
  overrides: FunctionRecord['overrides'],
  changes: SettingChanges,
  by: Actor,
): FunctionRecord['overrides'] {
  const touched = settingName.options.filter((name) => changes[name] !== undefined);
  const isKept = ([name]: [string, unknown]) => !touched.some((each) => each === name);
  const set = touched.filter((name) => changes[name] !== null);
  const at = Date.now();
  return {
    ...overrides,
    settings: {
      ...Object.fromEntries(Object.entries(overrides.settings).filter(isKept)),
      ...Object.fromEntries(set.map((name) => [name, changes[name]])),
    },
    changes: {
      ...Object.fromEntries(Object.entries(overrides.changes).filter(isKept)),
      ...Object.fromEntries(set.map((name): [SettingName, unknown] => [name, { at, by }])),
    },
  };
}
