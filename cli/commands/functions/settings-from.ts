import { ruleWords } from '#lib/schemas/rule-words';
import { type SettingChanges, type SettingName, settingChanges, settingName } from '#lib/schemas/settings';
import { UsageError } from '../../failure.ts';

/** Changes from words such as `periodMs=2s`; `enabled=` takes an override back. */
export function settingsFrom(pairs: readonly string[]): SettingChanges {
  const entries = pairs.map((pair) => {
    const [, key = '', text = ''] = /^([^=]*)=(.*)$/s.exec(pair) ?? [];
    const name = settingName.safeParse(key);
    if (!pair.includes('=')) throw new UsageError(`${pair} must be KEY=VALUE`);
    if (!name.success) {
      throw new UsageError(`There is no setting "${key}"`, [`There are: ${settingName.options.join(', ')}`]);
    }
    return [name.data, text === '' ? null : settingValue(name.data, text)] as const;
  });
  const parsed = settingChanges.safeParse(Object.fromEntries(entries), { error: ruleWords });
  if (parsed.success) return parsed.data;
  throw new UsageError(
    'What was set does not fit',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
  );
}

const MILLISECONDS: Record<string, number> = { '': 1, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

function settingValue(name: SettingName, text: string): string | number | boolean {
  if (name === 'enabled') return text === 'true' ? true : text === 'false' ? false : text;
  if (name !== 'periodMs' && name !== 'timeoutMs') return text;
  const [, amount = '', unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|)$/.exec(text) ?? [];
  return amount === '' ? text : Number(amount) * (MILLISECONDS[unit] ?? 1);
}
