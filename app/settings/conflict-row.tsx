'use client';

import { useEffect, useRef } from 'react';
import { Moment } from '../ui/moment.tsx';
import { Who } from '../ui/who.tsx';
import type { SettingField } from './fields.ts';
import { LayerCells, Value } from './layer-cells.tsx';
import type { Conflict } from './use-save.ts';
import { useSettingWords } from './use-setting-words.ts';

type Props = { field: SettingField; conflict: Conflict; now: number; keepMine: () => void; takeTheirs: () => void };

/** Two people have changed one setting: what each wants, and which of them is to hold. */
export function ConflictRow({ field, conflict: { mine, theirs }, now, keepMine, takeTheirs }: Props) {
  const say = useSettingWords();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), []);
  const { override, inForce } = theirs.setting;
  return (
    <tr className="edit">
      <LayerCells field={field} setting={theirs.setting} />
      <td data-l={say.override} colSpan={3} className="ed">
        <div className="conflict" role="alert">
          <p className="hint err">{say.conflict(say.titleOf(field))}</p>
          <dl>
            <dt>{say.yours}</dt>
            <dd>{mine === null ? say.withoutOverride : <Value field={field} value={mine} />}</dd>
            <dt>{say.theirs}</dt>
            <dd>
              <Value field={field} value={inForce} />{' '}
              {override === null ? (
                <span className="dim">{say.withoutOverride}</span>
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
            {say.keepMine}
          </button>
          <button type="button" className="btn" onClick={takeTheirs}>
            {say.takeTheirs}
          </button>
        </div>
      </td>
    </tr>
  );
}
