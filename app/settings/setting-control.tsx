'use client';

import { useEffect, useRef } from 'react';
import type { SettingField } from './fields.ts';

type Props = {
  field: SettingField;
  typed: string;
  onType: (typed: string) => void;
  problem: string | null;
  /** Id of the element that says what is wrong, and of the hint. */
  describedBy: string;
};

/** The control that a setting is edited with; it takes the focus when it appears. */
export function SettingControl({ field, typed, onType, problem, describedBy }: Props) {
  const ref = useRef<HTMLInputElement & HTMLSelectElement>(null);
  useEffect(() => {
    ref.current?.focus();
    if (ref.current instanceof HTMLInputElement) ref.current.select();
  }, []);
  const shared = {
    ref,
    name: field.name,
    value: typed,
    'aria-label': field.kind === 'seconds' ? `${field.title} in seconds` : field.title,
    'aria-describedby': describedBy,
    'aria-invalid': problem !== null || undefined,
  };
  if (field.kind === 'choice') {
    return (
      <select {...shared} className="in" onChange={(event) => onType(event.target.value)}>
        {Object.entries(field.options).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
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
