import { functionSettings } from '#lib/schemas/settings';
import { sentence } from '../forms/refusal.ts';
import { asValue, type SettingField } from './fields.ts';

/** What the server would say of a value, by the same rules; null when it is good. Loaded when something is edited. */
export function problemOf(field: SettingField, typed: string): string | null {
  const value = asValue(field, typed);
  if (value === null) return 'Enter seconds, such as 0.5.';
  const parsed = functionSettings.shape[field.name].safeParse(value);
  return parsed.success ? null : sentence(parsed.error.issues[0]?.message ?? 'cannot be used');
}
