'use client';

import { useState } from 'react';
import { SETTING_FIELDS } from './fields.ts';
import { SettingRow } from './setting-row.tsx';

/** Every setting with its three layers. `now`: the server's clock when the page was made. */
export function SettingsPanel({ now }: { now: number }) {
  const [said, announce] = useState('');
  return (
    <section className="panel" aria-labelledby="settings">
      <div className="head">
        <h2 id="settings">Settings</h2>
        <span className="small dim">
          Override wins over deployment, deployment over default. Revert removes the override.
        </span>
      </div>
      <p className="sr" role="status">
        {said}
      </p>
      <table className="tbl layers">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">In force</th>
            <th scope="col">Default</th>
            <th scope="col">Deployment</th>
            <th scope="col">Override</th>
            <th scope="col">Changed</th>
            <th scope="col">
              <span className="sr">Actions</span>
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
