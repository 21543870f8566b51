'use client';

import { useRouter } from 'next/navigation';
import { RefusalText } from '../forms/refusal-text.tsx';
import { send } from '../forms/send.ts';
import { useAction } from '../forms/use-action.ts';
import { useWords } from '../language/use-language.ts';
import { newFunctionWords } from './words.ts';

type Props = {
  name: string;
  isEnabled: boolean;
  /** Of the settings that are shown. */
  revision: number;
};

/** Lets a function run or rest. Nothing is lost by it, so it does not ask. */
export function EnabledSwitch({ name, isEnabled, revision }: Props) {
  const router = useRouter();
  const say = useWords(newFunctionWords);
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
        aria-label={say.isEnabled(name)}
        aria-busy={isPending || undefined}
        onClick={run}
      />
      {refusal !== null && (
        <span className="hint err" role="alert">
          {' '}
          <RefusalText refusal={refusal} />
        </span>
      )}
    </>
  );
}
