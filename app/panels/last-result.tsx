'use client';

import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { panelStateWords } from './state-words.tsx';

const DAY_MS = 86_400_000;

/** What the age beside it is of; without one, of when the figures are. */
export function LastResult() {
  const say = useWords(panelStateWords);
  const inputAt = useLive(({ status, paused, freshest }) =>
    paused === null && (status === 'live' || status === 'stale') ? freshest.inputAt : null,
  );
  const shownAt = useLive((store) => store.shownAt);
  const at = inputAt ?? shownAt;
  const isOld = useLive((store) => at !== null && store.now - at > DAY_MS);
  const zone = useTimeZone();
  if (at === null) return null;
  return (
    <span className={inputAt === null ? 'small dim' : 'small dim last'}>
      {inputAt === null ? say.lastResult : say.inputFrom} <LocalTime at={at} style={isOld ? 'day' : 'second'} />
      <noscript>
        {' '}
        <span translate="no">{zone}</span>
      </noscript>
    </span>
  );
}
