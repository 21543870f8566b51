import { asAdmin } from '#lib/auth/as-admin';
import type { Caller } from '#lib/auth/caller';
import type { Context } from '#lib/context';
import { parseInput } from '#lib/parse-input';
import type { Actor, FunctionRecord } from '#lib/schemas/record';
import { type SettingChanges, type SettingName, settingChanges, settingName } from '#lib/schemas/settings';
import { checkKeys } from './check-keys.ts';
import { settingsEvent } from './events-of-changes.ts';
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
  const wishes = parseInput(settingChanges, changes);
  return await changeRecord(
    ctx,
    name,
    async (record) => {
      if (record === null) throw notFound(name);
      const overrides = overridden(record.overrides, wishes, by);
      if (overrides === record.overrides) return record;
      const wanted = { ...record, overrides };
      if (wishes.inputKey !== undefined || wishes.outputKey !== undefined) await checkKeys(ctx, wanted);
      return wanted;
    },
    { revision, events: (before, after) => settingsEvent(before, after, by) },
  );
}

/** Applies changes to the overrides, with who made them; what changes nothing returns what it was given. */
export function overridden(
  overrides: FunctionRecord['overrides'],
  changes: SettingChanges,
  by: Actor,
): FunctionRecord['overrides'] {
  const touched = settingName.options.filter((name) =>
    changes[name] === null ? overrides.settings[name] !== undefined : changes[name] !== undefined,
  );
  if (touched.length === 0) return overrides;
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
