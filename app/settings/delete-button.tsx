'use client';

import { useRouter } from 'next/navigation';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { useWords } from '../language/use-language.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';
import { settingsWords } from './words.tsx';

/** Deletes the function, after saying what goes with it. */
export function DeleteButton() {
  const { settings, versions } = useWanted();
  const say = useWords(settingsWords);
  const router = useRouter();
  const { name } = settings;
  const outputKey = settings.settings.find((setting) => setting.name === 'outputKey')?.inForce;
  return (
    <ConfirmButton
      label={say.delete}
      name={say.deleteOf(name)}
      className="btn danger"
      question={say.deleteQuestion(name)}
      verb={say.deleteOf(name)}
      work={() => send('DELETE', apiOf(name))}
      done={() => router.push('/')}
    >
      {say.whatGoes(versions.length, <code translate="no">{String(outputKey)}</code>)}
    </ConfirmButton>
  );
}
