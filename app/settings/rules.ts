import { problemsOf } from '#lib/parse-input';
import { functionSettings } from '#lib/schemas/settings';
import { locally, type Wrong } from '../forms/refusal.ts';
import { asValue, type SettingField } from './fields.ts';

/** What the server would say of a value, by the same rules; null when it is good. Loaded when something is edited. */
export function problemOf(field: SettingField, typed: string): Wrong | null {
  const value = asValue(field, typed);
  if (value === null) return locally('not_seconds');
  const issues = functionSettings.shape[field.name].safeParse(value).error?.issues ?? [];
  return issues.flatMap(problemsOf)[0] ?? null;
}
