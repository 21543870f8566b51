'use client';

import { useState } from 'react';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { SETTING_FIELDS } from './fields.ts';
import { SettingRow } from './setting-row.tsx';
import { settingsWords } from './words.tsx';

/** Every setting with its three layers. `now`: the server's clock when the page was made. */
export function SettingsPanel({ now }: { now: number }) {
  const say = useWords(settingsWords);
  const { settings } = useWords(commonWords);
  const [said, announce] = useState('');
  return (
    <section className="panel" aria-labelledby="settings">
      <div className="head">
        <h2 id="settings">{settings}</h2>
        <span className="small dim">{say.rule}</span>
      </div>
      <p className="sr" role="status">
        {said}
      </p>
      <table className="tbl layers">
        <thead>
          <tr>
            <th scope="col">{say.setting}</th>
            <th scope="col">{say.inForce}</th>
            <th scope="col">{say.default}</th>
            <th scope="col">{say.deployment}</th>
            <th scope="col">{say.override}</th>
            <th scope="col">{say.changed}</th>
            <th scope="col">
              <span className="sr">{say.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {SETTING_FIELDS.map((field) => (
            <SettingRow key={field.name} field={field} now={now} announce={announce} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
