'use client';

import { useEffect, useState } from 'react';
import type { SettingsReading } from '#lib/schemas/api';
import type { Failure } from '#lib/schemas/function';
import type { Refusal } from '../forms/refusal.ts';
import type { Answer } from '../forms/send.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { useWanted } from '../settings-page/wanted-provider.tsx';

/** What became of a deployment, as far as is known. */
export type Progress =
  | { kind: 'none' | 'sending' }
  | { kind: 'loading'; version: number; revision: number }
  | { kind: 'live'; version: number; at: number }
  | { kind: 'failed'; version: number; failure: Failure }
  /** Somebody else has chosen another version since. */
  | { kind: 'overtaken'; current: SettingsReading }
  | { kind: 'refused'; refusal: Refusal };

/** Sends with the `If-Match` that it is given. */
type Write = (ifMatch: string) => Promise<Answer>;

export type Deploy = {
  progress: Progress;
  /** Sends code, and says here what becomes of it; true when it is kept as a version, whether or not that will load. */
  run(write: Write): Promise<boolean>;
  /** Follows a version that was chosen elsewhere on the page; null for whichever the deployment has. */
  follow(version: number | null, settings: SettingsReading): void;
};

/** Sends code, and follows by the live feed what becomes of it. */
export function useDeploy(): Deploy {
  const { settings, accept, reload } = useWanted();
  const store = useLiveStore();
  const [progress, setProgress] = useState<Progress>({ kind: 'none' });
  const state = useLive(({ live }) => live.state);

  useEffect(() => {
    if (progress.kind !== 'loading' || state === null) return;
    const { version, revision } = progress;
    if (state.versionNumber === version) setProgress({ kind: 'live', version, at: store.now });
    else if (state.revision >= revision && state.rejected?.version === version)
      setProgress({ kind: 'failed', version, failure: state.rejected.failure });
  }, [progress, state, store]);

  const follow: Deploy['follow'] = (version, after) => {
    accept(after);
    setProgress(version === null ? { kind: 'none' } : { kind: 'loading', version, revision: after.revision });
    void reload();
  };
  return {
    progress,
    follow,
    async run(write) {
      setProgress({ kind: 'sending' });
      const answer = await writeOn(settings, write);
      const { asDeployed, asCurrentSettings } = await import('../settings-page/answers.ts');
      if (answer.ok) {
        const { version, settings: after } = asDeployed(answer.data);
        follow(version, after);
        return true;
      }
      const current = answer.refusal.status === 412 ? asCurrentSettings(answer.refusal.current) : null;
      if (current !== null) accept(current);
      setProgress(current === null ? { kind: 'refused', refusal: answer.refusal } : { kind: 'overtaken', current });
      return false;
    },
  };
}

/** That others have changed settings meanwhile is no conflict for code; that they have chosen other code is. */
export async function writeOn(settings: SettingsReading, write: Write): Promise<Answer> {
  const answer = await write(`"${settings.revision}"`);
  if (answer.ok || answer.refusal.status !== 412) return answer;
  const { asCurrentSettings } = await import('../settings-page/answers.ts');
  const current = asCurrentSettings(answer.refusal.current);
  const isSameCode = current !== null && JSON.stringify(current.code) === JSON.stringify(settings.code);
  return isSameCode ? await write(`"${current.revision}"`) : answer;
}
