'use client';

import type { Format } from '../format/format-for.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { STATES, StateShape } from '../ui/state-mark.tsx';
import { stateWords } from '../ui/state-words.ts';
import { panelStateWords } from './state-words.tsx';

/** What the function does right now, and how old its data is; of a page that is held still, that it is, and how old what it shows is. */
export function StatePill() {
  const say = useWords(panelStateWords);
  const format = useFormat();
  // Only what is well gives way to the pause: what is wrong is told whatever the page shows.
  const isHeld = useLive(({ status, paused }) => status === 'live' && paused !== null);
  const status = useLive((store) => store.status);
  const detail = useLive((store) => detailOf(store, say, format));
  const stateWord = useWords(stateWords)[status];
  const { word, tone } = isHeld
    ? ({ word: say.paused, tone: 'idle' } as const)
    : { word: stateWord, ...STATES[status] };
  return (
    <>
      <span className={`state pill ${tone}`} data-state={isHeld ? 'paused' : status}>
        <StateShape tone={tone} pulse={status === 'live' && !isHeld} />
        <span>{detail === null ? word : `${word} · ${detail}`}</span>
      </span>
      {/* Only a change of state is worth saying aloud, not each second of an age. */}
      <span className="sr" role="status">
        {word}
      </span>
    </>
  );
}

function detailOf(store: LiveStore, say: (typeof panelStateWords)['en'], { age, span }: Format): string | null {
  const { status, now, freshest, live, paused } = store;
  if (status === 'live' && paused !== null) return age(now - paused.at);
  if (status === 'live' || status === 'stale') {
    const from = freshest.inputAt ?? freshest.newestAt;
    return from === null ? null : age(now - from);
  }
  if (status === 'failing') return say.ticks(Math.max(1, live.state?.failedInARow ?? 1));
  const retryAt = live.state?.retryAt ?? null;
  return status === 'crashing' && retryAt !== null && retryAt > now ? say.retryIn(span(retryAt - now + 999)) : null;
}
