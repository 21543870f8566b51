'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape, type Tone } from '../ui/state-mark.tsx';
import type { SettingField } from './fields.ts';
import { outcomeOf } from './outcome.ts';
import { outcomeWords, settingsWords } from './words.tsx';

type Props = { field: SettingField; revision: number; announce: (text: string) => void };

/** From a save until the function has run with it, or cannot, as its live state tells. */
export function AppliedNote({ field: { name, needsHost = false }, revision, announce }: Props) {
  const say = useWords(outcomeWords);
  const textOf = useFailureText();
  const title = useWords(settingsWords).titles[name];
  const { state, runtimeAlive } = useLive(({ live }) => live);
  const outcome = outcomeOf({ state, runtimeAlive, revision, needsHost });
  const { inForceAt, tickAt } = useFirstTick(outcome.kind === 'applied');
  const why = outcome.kind === 'failed' ? textOf(outcome.failure.message) : null;
  useEffect(() => {
    if (why !== null) announce(say.failed(title, why));
    else if (tickAt !== null) announce(say.applied(title));
  }, [why, tickAt, announce, title, say]);
  switch (outcome.kind) {
    case 'failed':
      return <Note tone="bad">{say.doesNotLoad(<code translate="no">{why}</code>, outcome.runsOn)}</Note>;
    case 'waits':
      return <Note tone="idle">{say.waits[outcome.until]}</Note>;
    case 'applied':
      if (tickAt === null)
        return (
          <Note tone="idle">{inForceAt === null ? say.inForce : say.inForceSince(<LocalTime at={inForceAt} />)}</Note>
        );
      return <Note tone="ok">{say.appliedAt(<LocalTime at={tickAt} />)}</Note>;
  }
}

function Note({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`state ${tone}`}>
      <StateShape tone={tone} />
      <span>{children}</span>
    </span>
  );
}

/** Since when it is in force, and the first tick that has run with it. */
function useFirstTick(isInForce: boolean): { inForceAt: number | null; tickAt: number | null } {
  const store = useLiveStore();
  const newestAt = useLive(({ entries }) => entries[0]?.at ?? 0);
  const [inForceAt, setInForceAt] = useState<number | null>(null);
  const [tickAt, setTickAt] = useState<number | null>(null);
  useEffect(() => setInForceAt(isInForce ? store.now : null), [isInForce, store]);
  useEffect(() => {
    if (inForceAt === null) setTickAt(null);
    else if (newestAt > inForceAt) setTickAt((known) => known ?? newestAt);
  }, [inForceAt, newestAt]);
  return { inForceAt, tickAt };
}
