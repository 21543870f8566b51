'use client';

import { useRouter } from 'next/navigation';
import { counted } from '../format/number.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { send } from '../forms/send.ts';
import { apiOf } from '../live/rest.ts';
import { useWanted } from '../settings-page/wanted-provider.tsx';

/** Deletes the function, after saying what goes with it. */
export function DeleteButton() {
  const { settings, versions } = useWanted();
  const router = useRouter();
  const { name } = settings;
  const outputKey = settings.settings.find((setting) => setting.name === 'outputKey')?.inForce;
  return (
    <ConfirmButton
      label="Delete"
      name={`Delete ${name}`}
      className="btn danger"
      question={`Delete ${name}?`}
      verb={`Delete ${name}`}
      work={() => send('DELETE', apiOf(name))}
      done={() => router.push('/')}
    >
      Its settings, {counted(versions.length, 'version')} of code, state and history go with it, and cannot be brought
      back. The newest value of its output key <code>{String(outputKey)}</code> stays.
    </ConfirmButton>
  );
}
