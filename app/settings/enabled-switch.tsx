'use client';

import { useId } from 'react';
import { FormProblem } from '../forms/form-problem.tsx';
import { send } from '../forms/send.ts';
import { useAction } from '../forms/use-action.ts';
import { useWords } from '../language/use-language.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { ChangedBy } from './layer-cells.tsx';
import { settingsWords } from './words.tsx';

/** Lets the function run or rest, and says who did. */
export function EnabledSwitch({ now }: { now: number }) {
  const { settings, accept } = useWanted();
  const { enabled, off } = useWords(settingsWords);
  const id = useId();
  const setting = settings.settings.find(({ name }) => name === 'enabled');
  const isEnabled = setting?.inForce === true;
  const { isPending, refusal, run } = useAction(
    () => send('POST', `${apiOf(settings.name)}/${isEnabled ? 'disable' : 'enable'}`),
    async (data) => accept((await import('../settings-page/answers.ts')).asSettings(data)),
  );
  return (
    <div className="row on-off">
      <FormProblem refusal={refusal} />
      {setting !== undefined && setting.override !== null && !isEnabled && (
        <span className="small dim">
          {off}
          <ChangedBy setting={setting} now={now} />
        </span>
      )}
      <label className="sub scripted" htmlFor={id}>
        {enabled}
      </label>
      <button
        type="button"
        className="switch scripted"
        role="switch"
        id={id}
        aria-checked={isEnabled}
        aria-busy={isPending || undefined}
        onClick={run}
      />
    </div>
  );
}
