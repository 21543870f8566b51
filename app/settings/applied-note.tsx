'use client';

import { useEffect, useState } from 'react';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StateShape } from '../ui/state-mark.tsx';

type Props = { revision: number; announce: (text: string) => void; title: string };

/** From a save until the function runs with it, as its live state tells. */
export function AppliedNote({ revision, announce, title }: Props) {
  const store = useLiveStore();
  const isInForce = useLive(({ live: { state } }) => (state?.revision ?? 0) >= revision);
  const waitsFor = useLive(({ live: { state, runtimeAlive } }) =>
    state?.status === 'disabled'
      ? 'when it is enabled'
      : runtimeAlive
        ? 'from the next tick'
        : 'when its runtime is back',
  );
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    if (!isInForce) return;
    setAt((known) => known ?? store.now);
    announce(`${title} is applied.`);
  }, [isInForce, store, announce, title]);
  if (at === null)
    return (
      <span className="state idle" data-applied="no">
        <StateShape tone="idle" />
        applies {waitsFor}
      </span>
    );
  return (
    <span className="state ok" data-applied="yes">
      <StateShape tone="ok" />
      <span>
        applied at <LocalTime at={at} />
      </span>
    </span>
  );
}
