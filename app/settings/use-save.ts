'use client';

import { useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import type { LayeredSetting } from '#lib/schemas/record';
import type { Refusal } from '../forms/refusal.ts';
import { send } from '../forms/send.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import type { SettingField, SettingValue } from './fields.ts';

/** What a change is based on. */
export type Base = { revision: number; setting: LayeredSetting };

/** Somebody else has changed the same setting: what we wanted, and what is there. */
export type Conflict = { mine: SettingValue | null; theirs: Base };

export type Save = {
  /** The revision that the last save of this setting made. */
  savedAs: number | null;
  conflict: Conflict | null;
  /** Overrides it, or with null takes the override back. */
  save(value: SettingValue | null, base: Base): Promise<'saved' | 'conflict' | Refusal>;
  settle(): void;
};

/** Saves one setting on what the page has shown of it. That others have changed other settings meanwhile is no conflict. */
export function useSave(field: SettingField): Save {
  const { settings, accept } = useWanted();
  const [savedAs, setSavedAs] = useState<number | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const save = async (value: SettingValue | null, base: Base): Promise<'saved' | 'conflict' | Refusal> => {
    const answer = await send('PATCH', `${apiOf(settings.name)}/settings`, {
      body: { [field.name]: value },
      ifMatch: `"${base.revision}"`,
    });
    const { asSettings, asCurrentSettings } = await import('../settings-page/answers.ts');
    if (answer.ok) {
      const saved = asSettings(answer.data);
      accept(saved);
      setSavedAs(saved.revision);
      setConflict(null);
      return 'saved';
    }
    const current = answer.refusal.status === 412 ? asCurrentSettings(answer.refusal.current) : null;
    const theirs = current === null ? null : baseOf(current, field);
    if (current === null || theirs === null) return answer.refusal;
    accept(current);
    if (isSame(theirs.setting, base.setting)) return await save(value, theirs);
    setConflict({ mine: value, theirs });
    return 'conflict';
  };
  return { savedAs, conflict, save, settle: () => setConflict(null) };
}

/** What the page knows of a setting. */
export function baseOf({ revision, settings }: SettingsReading, { name }: SettingField): Base | null {
  const setting = settings.find((each) => each.name === name);
  return setting === undefined ? null : { revision, setting };
}

/** Whether nobody has changed it in between: neither a person nor the deployment. */
function isSame(a: LayeredSetting, b: LayeredSetting): boolean {
  const of = ({ override, deployment }: LayeredSetting) => JSON.stringify([override, deployment?.value]);
  return of(a) === of(b);
}
