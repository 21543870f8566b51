'use client';

import type { Format } from '../format/format-for.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { panelWords } from './words.ts';

/** What the function does right now, and how old its data is. */
export function StatePill() {
  const status = useLive((store) => store.status);
  const say = useWords(panelWords);
  const format = useFormat();
  const detail = useLive((store) => detailOf(store, say, format));
  const { tone } = STATES[status];
  const word = say.states[status];
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

type Say = {
  ticks: (count: number, text: string) => string;
  retryIn: (span: string) => string;
};

function detailOf(store: LiveStore, say: Say, { age, span, whole }: Format): string | null {
  const { status, now, freshest, live } = store;
  if (status === 'live' || status === 'stale') {
    const from = freshest.inputAt ?? freshest.newestAt;
    return from === null ? null : age(now - from);
  }
  if (status === 'failing') {
    const count = Math.max(1, live.state?.failedInARow ?? 1);
    return say.ticks(count, whole(count));
  }
  const retryAt = live.state?.retryAt ?? null;
  return status === 'crashing' && retryAt !== null && retryAt > now ? say.retryIn(span(retryAt - now + 999)) : null;
}
