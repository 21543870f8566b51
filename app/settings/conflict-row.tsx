'use client';

import { useEffect, useRef } from 'react';
import { Moment } from '../ui/moment.tsx';
import { Who } from '../ui/who.tsx';
import type { SettingField } from './fields.ts';
import { LayerCells, Value } from './layer-cells.tsx';
import type { Conflict } from './use-save.ts';

type Props = { field: SettingField; conflict: Conflict; now: number; keepMine: () => void; takeTheirs: () => void };

/** Two people have changed one setting: what each wants, and which of them is to hold. */
export function ConflictRow({ field, conflict: { mine, theirs }, now, keepMine, takeTheirs }: Props) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { override, inForce } = theirs.setting;
  return (
    <tr className="edit">
      <LayerCells field={field} setting={theirs.setting} />
      <td data-l="Override" colSpan={3} className="ed">
        <div className="conflict" role="alert">
          <p className="hint err">{field.title} has been changed meanwhile. Which one is to hold?</p>
          <dl>
            <dt>Yours</dt>
            <dd>{mine === null ? 'without an override' : <Value field={field} value={mine} />}</dd>
            <dt>Theirs</dt>
            <dd>
              <Value field={field} value={inForce} />{' '}
              {override === null ? (
                <span className="dim">without an override</span>
              ) : (
                <span className="dim">
                  <Who by={override.by} />, <Moment at={override.at} now={now} />
                </span>
              )}
            </dd>
          </dl>
        </div>
        <div className="row">
          <button type="button" className="btn" onClick={keepMine} ref={first}>
            Keep mine
          </button>
          <button type="button" className="btn" onClick={takeTheirs}>
            Take theirs
          </button>
        </div>
      </td>
    </tr>
  );
}
