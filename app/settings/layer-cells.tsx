'use client';

import { Fragment } from 'react';
import type { LayeredSetting } from '#lib/schemas/record';
import { MISSING } from '../format/numbers.ts';
import { Moment } from '../ui/moment.tsx';
import { Who } from '../ui/who.tsx';
import type { SettingField, SettingValue } from './fields.ts';
import { useSettingWords } from './use-setting-words.ts';

type Props = { field: SettingField; setting: LayeredSetting };

/** A value as people read it; keys and names of code in mono. */
export function Value({ field, value }: { field: SettingField; value: SettingValue }) {
  const { inWords } = useSettingWords();
  return field.kind === 'text' ? <code translate="no">{String(value)}</code> : inWords(field, value);
}

/** What it is, what is in force, and where that comes from: the winning layer stands out. */
export function LayerCells({ field, setting }: Props) {
  const say = useSettingWords();
  const { layer, deployment } = setting;
  return (
    <>
      <th scope="row" className="name">
        {say.titleOf(field)}
      </th>
      <td className="force" data-l={say.inForce}>
        <Value field={field} value={setting.inForce} />
      </td>
      <td className={layer === 'default' ? 'win' : undefined} data-l={say.default}>
        <span className="v">
          <Value field={field} value={setting.default} />
        </span>
      </td>
      <td className={layer === 'deployment' ? 'win' : undefined} data-l={say.deployment}>
        <span className="v">{deployment === null ? MISSING : <Value field={field} value={deployment.value} />}</span>{' '}
        {deployment !== null && (
          <span className="env" translate="no">
            {breakable(deployment.from)}
          </span>
        )}
      </td>
    </>
  );
}

/** A name in capitals may go on in the next line behind each of its words. */
function breakable(name: string) {
  return name.split('_').map((word, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a name have no other identity.
    <Fragment key={index}>
      {index > 0 && (
        <>
          _<wbr />
        </>
      )}
      {word}
    </Fragment>
  ));
}

export function OverrideCell({ field, setting: { override } }: Props) {
  const say = useSettingWords();
  return (
    <td className={override === null ? undefined : 'win o'} data-l={say.override}>
      <span className="v">{override === null ? MISSING : <Value field={field} value={override.value} />}</span>
    </td>
  );
}

/** Who put it where it is, and when; nobody has touched a default. */
export function ChangedBy({ setting: { override, deployment }, now }: { setting: LayeredSetting; now: number }) {
  const change = override ?? deployment;
  if (change === null) return null;
  const by = 'by' in change ? change.by : ({ kind: 'deployment', host: change.host } as const);
  return (
    <span>
      <Who by={by} />, <Moment at={change.at} now={now} />
    </span>
  );
}
