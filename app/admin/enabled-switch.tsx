'use client';

import { useRouter } from 'next/navigation';
import { send } from '../forms/send.ts';
import { useAction } from '../forms/use-action.ts';

type Props = {
  name: string;
  isEnabled: boolean;
  /** Of the settings that are shown. */
  revision: number;
};

/** Lets a function run or rest. Nothing is lost by it, so it does not ask. */
export function EnabledSwitch({ name, isEnabled, revision }: Props) {
  const router = useRouter();
  const { isPending, refusal, run } = useAction(
    () => {
      const path = `/api/v1/functions/${encodeURIComponent(name)}/${isEnabled ? 'disable' : 'enable'}`;
      return send('POST', path, { ifMatch: `"${revision}"` });
    },
    () => router.refresh(),
  );
  return (
    <>
      <button
        type="button"
        role="switch"
        className="switch scripted"
        aria-checked={isEnabled}
        aria-label={`${name} enabled`}
        aria-busy={isPending || undefined}
        onClick={run}
      />
      {refusal !== null && (
        <span className="hint err" role="alert">
          {' '}
          {refusal.detail}
        </span>
      )}
    </>
  );
}
