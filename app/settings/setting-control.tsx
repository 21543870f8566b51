'use client';

import { useEffect, useRef } from 'react';
import type { SettingField } from './fields.ts';
import { useSettingWords } from './use-setting-words.ts';

type Props = {
  field: SettingField;
  typed: string;
  onType: (typed: string) => void;
  isWrong: boolean;
  /** Id of the element that says what is wrong, and of the hint. */
  describedBy: string;
};

/** The control that a setting is edited with; it takes the focus when it appears. */
export function SettingControl({ field, typed, onType, isWrong, describedBy }: Props) {
  const say = useSettingWords();
  const title = say.titleOf(field);
  const ref = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    ref.current?.focus();
    if (ref.current instanceof HTMLInputElement) ref.current.select();
  }, []);
  const shared = {
    ref,
    name: field.name,
    value: typed,
    'aria-label': field.kind === 'seconds' ? say.inSeconds(title) : title,
    'aria-describedby': describedBy,
    'aria-invalid': isWrong || undefined,
  };
  if (field.kind === 'choice') {
    return (
      <select {...shared} className="in" onChange={(event) => onType(event.target.value)}>
        {field.options.map((option) => (
          <option key={option} value={option}>
            {say.options[option]}
          </option>
        ))}
      </select>
    );
  }
  return (
    <>
      <input
        {...shared}
        className={field.kind === 'text' ? 'in mono' : 'in short'}
        inputMode={field.kind === 'seconds' ? 'decimal' : 'text'}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onChange={(event) => onType(event.target.value)}
      />
      {field.kind === 'seconds' && <span className="dim">s</span>}
    </>
  );
}
