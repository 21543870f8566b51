import type { SettingName } from '#lib/schemas/settings';

export type SettingValue = string | number | boolean;

type Kind =
  | { kind: 'text' }
  /** Milliseconds, that people write as seconds. */
  | { kind: 'seconds' }
  | { kind: 'choice'; options: Readonly<Record<string, string>> };

export type SettingField = {
  name: Exclude<SettingName, 'enabled'>;
  title: string;
  /** It comes into force with another host, for which the code is loaded anew. */
  needsHost?: boolean;
} & Kind;

/** The settings as the table shows them; whether it is enabled is a switch elsewhere. */
export const SETTING_FIELDS: readonly SettingField[] = [
  { name: 'inputKey', title: 'Input key', kind: 'text' },
  { name: 'outputKey', title: 'Output key', kind: 'text' },
  { name: 'periodMs', title: 'Period', kind: 'seconds' },
  { name: 'timeoutMs', title: 'Timeout', kind: 'seconds' },
  { name: 'handler', title: 'Handler', kind: 'text', needsHost: true },
  { name: 'invoke', title: 'Invoke', kind: 'choice', options: { tick: 'every tick', change: 'on change' } },
  {
    name: 'isolation',
    title: 'Isolation',
    kind: 'choice',
    options: { own: 'own process', shared: 'shared process' },
    needsHost: true,
  },
];

/** "5 s", "every tick", a key as it is. */
export function inWords(field: SettingField, value: SettingValue): string {
  if (field.kind === 'seconds') return `${asTyped(field, value)} s`;
  return field.kind === 'choice' ? (field.options[String(value)] ?? String(value)) : String(value);
}

/** What stands in the control of a field. */
export function asTyped(field: SettingField, value: SettingValue): string {
  return field.kind === 'seconds' ? String(Number(value) / 1_000) : String(value);
}

/** What somebody typed, as the API takes it; null for what is no number. */
export function asValue(field: SettingField, typed: string): SettingValue | null {
  if (field.kind !== 'seconds') return typed.trim();
  const text = typed.trim().replace(',', '.');
  return /^\d*\.?\d+$|^\d+\.$/.test(text) ? Math.round(Number(text) * 1_000_000) / 1_000 : null;
}
