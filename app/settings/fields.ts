import type { SettingName } from '#lib/schemas/settings';

export type SettingValue = string | number | boolean;

type Kind =
  | { kind: 'text' }
  /** Milliseconds, that people write as seconds. */
  | { kind: 'seconds' }
  | { kind: 'choice'; options: readonly Option[] };

type Option = 'tick' | 'change' | 'own' | 'shared';

export type SettingField = {
  name: Exclude<SettingName, 'enabled'>;
  /** It comes into force with another host, for which the code is loaded anew. */
  needsHost?: boolean;
} & Kind;

/** The settings as the table shows them; whether it is enabled is a switch elsewhere. */
export const SETTING_FIELDS: readonly SettingField[] = [
  { name: 'inputKey', kind: 'text' },
  { name: 'outputKey', kind: 'text' },
  { name: 'periodMs', kind: 'seconds' },
  { name: 'timeoutMs', kind: 'seconds' },
  { name: 'handler', kind: 'text', needsHost: true },
  { name: 'invoke', kind: 'choice', options: ['tick', 'change'] },
  { name: 'isolation', kind: 'choice', options: ['own', 'shared'], needsHost: true },
];

/** How a language writes numbers, and calls what there is to choose from. */
type Spelling = { decimal: (value: number) => string; options: Readonly<Record<Option, string>> };

/** "5 s", "every tick", a key as it is. */
export function inWords(field: SettingField, value: SettingValue, { decimal, options }: Spelling): string {
  if (field.kind === 'seconds') return `${asTyped(field, value, decimal)} s`;
  const option = field.kind === 'choice' ? field.options.find((each) => each === value) : undefined;
  return option === undefined ? String(value) : options[option];
}

/** What stands in the control of a field. */
export function asTyped(field: SettingField, value: SettingValue, decimal: Spelling['decimal']): string {
  return field.kind === 'seconds' ? decimal(Number(value) / 1_000) : String(value);
}

/** What somebody typed, as the API takes it; null for what is no number. */
export function asValue(field: SettingField, typed: string): SettingValue | null {
  if (field.kind !== 'seconds') return typed.trim();
  const text = typed.trim().replace(',', '.');
  return /^\d*\.?\d+$|^\d+\.$/.test(text) ? Math.round(Number(text) * 1_000_000) / 1_000 : null;
}
