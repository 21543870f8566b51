'use client';

import { useEffect, useRef, useState } from 'react';
import { FormProblem } from '../forms/form-problem.tsx';
import { PassingButton } from '../forms/passing-button.tsx';
import type { Refusal } from '../forms/refusal.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { AppliedNote } from './applied-note.tsx';
import { ConflictRow } from './conflict-row.tsx';
import type { SettingField } from './fields.ts';
import { ChangedBy, LayerCells, OverrideCell } from './layer-cells.tsx';
import { SettingForm } from './setting-form.tsx';
import { type Base, baseOf, useSave } from './use-save.ts';
import { useSettingWords } from './use-setting-words.ts';

type Props = { field: SettingField; now: number; announce: (text: string) => void };

/** One setting: its layers, who put it where it is, and what can be done about it. */
export function SettingRow({ field, now, announce }: Props) {
  const say = useSettingWords();
  const title = say.titleOf(field);
  const { settings } = useWanted();
  const { savedAs, conflict, save, settle } = useSave(field);
  /** What the page showed when somebody began to edit: a save is judged by that, not by what has come since. */
  const [editing, setEditing] = useState<Base | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const current = baseOf(settings, field);
  const button = useRef<HTMLButtonElement>(null);
  const isOpen = editing !== null || conflict !== null;
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) button.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  if (current === null) return null;
  const { setting } = current;

  const saveAndSay: typeof save = async (value, base) => {
    setBusy(true);
    const outcome = await save(value, base);
    setBusy(false);
    setRefusal(typeof outcome === 'object' ? outcome : null);
    if (outcome === 'saved')
      announce(value === null ? say.reverted(title) : say.saved(title, say.inWords(field, value)));
    return outcome;
  };
  if (conflict !== null)
    return (
      <ConflictRow
        field={field}
        conflict={conflict}
        now={now}
        keepMine={() => void saveAndSay(conflict.mine, conflict.theirs)}
        takeTheirs={settle}
      />
    );
  if (editing !== null)
    return <SettingForm field={field} base={editing} save={saveAndSay} now={now} close={() => setEditing(null)} />;
  return (
    <tr>
      <LayerCells field={field} setting={setting} />
      <OverrideCell field={field} setting={setting} />
      <td className="who">
        <ChangedBy setting={setting} now={now} />
        {savedAs !== null && <AppliedNote key={savedAs} field={field} revision={savedAs} announce={announce} />}
        <FormProblem refusal={refusal} />
      </td>
      <td className="act">
        {setting.override === null ? (
          <button type="button" className="btn quiet scripted" ref={button} onClick={() => setEditing(current)}>
            <Icon shape="pencil" />
            {say.overrideIt}
            <span className="sr"> {title}</span>
          </button>
        ) : (
          <>
            <button
              type="button"
              className="btn quiet square scripted"
              ref={button}
              aria-label={say.changeOf(title)}
              title={say.change}
              onClick={() => setEditing(current)}
            >
              <Icon shape="pencil" />
            </button>
            <PassingButton
              className="btn quiet scripted"
              aria-busy={isBusy || undefined}
              onClick={() => void saveAndSay(null, current)}
            >
              <Icon shape="revert" />
              {say.revert}
              <span className="sr"> {title}</span>
            </PassingButton>
          </>
        )}
      </td>
    </tr>
  );
}
