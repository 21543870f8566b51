'use client';

import { age, span } from '../format/age.ts';
import { counted } from '../format/number.ts';
import { useLive } from '../live/live-provider.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { STATES, StateShape } from '../ui/state-mark.tsx';

/** What the function does right now, and how old its data is. */
export function StatePill() {
  const status = useLive((store) => store.status);
  const detail = useLive(detailOf);
  const { tone, word } = STATES[status];
  return (
    <>
      <span className={`state pill ${tone}`} data-state={status}>
        <StateShape tone={tone} pulse={status === 'live'} />
        <span>{detail === null ? word : `${word} · ${detail}`}</span>
      </span>
      {/* Only a change of state is worth saying aloud, not each second of an age. */}
      <span className="sr" role="status">
        {word}
      </span>
    </>
  );
}

function detailOf(store: LiveStore): string | null {
  const { status, now, freshest, live } = store;
  if (status === 'live' || status === 'stale') {
    const from = freshest.inputAt ?? freshest.newestAt;
    return from === null ? null : age(now - from);
  }
  if (status === 'failing') return counted(Math.max(1, live.state?.failedInARow ?? 1), 'tick');
  const retryAt = live.state?.retryAt ?? null;
  return status === 'crashing' && retryAt !== null && retryAt > now ? `retry in ${span(retryAt - now + 999)}` : null;
}
