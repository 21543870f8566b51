import type { NewEvent, SettingChange } from '#lib/schemas/event';
import type { Actor, FunctionRecord } from '#lib/schemas/record';
import { settingName } from '#lib/schemas/settings';
import { settingsInForce } from './layers.ts';

/** The settings that a change of a record makes others than before, as an event; nothing where it is a new function's. */
export function settingsEvent(before: FunctionRecord | null, after: FunctionRecord, by: Actor): NewEvent[] {
  if (before === null) return [];
  const [old, now] = [settingsInForce(before), settingsInForce(after)];
  const changes = settingName.options.flatMap((name): SettingChange[] =>
    old[name] === now[name] ? [] : [{ name, from: old[name], to: now[name] }],
  );
  return changes.length === 0 ? [] : [{ kind: 'settings', changes, by, revision: after.revision }];
}
