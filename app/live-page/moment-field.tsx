'use client';

import { useId } from 'react';
import { zoneOffset } from '../format/zone-offset.ts';
import { useTimeZone } from '../live/use-time-zone.ts';

type Props = { name: string; label: string; at: number | null; problem: string | undefined };

/** A date and a time by the reader's clock, with what is wrong with it beside it. */
export function MomentField({ name, label, at, problem }: Props) {
  const id = useId();
  const zone = useTimeZone();
  return (
    <div className="momentfield">
      <label htmlFor={id}>{label}</label>
      <input
        key={zone}
        id={id}
        className="in"
        type="datetime-local"
        name={name}
        step={1}
        defaultValue={at === null ? '' : new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 19)}
        aria-invalid={problem !== undefined}
        aria-describedby={problem && `${id}problem`}
      />
      {problem && (
        <p className="bad-t" id={`${id}problem`}>
          {problem}
        </p>
      )}
    </div>
  );
}
