'use client';

import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { panelWords } from './words.ts';

const DAY_MS = 86_400_000;

export function LastResult() {
  const say = useWords(panelWords);
  const at = useLive((store) => store.newestResult?.at ?? null);
  const isOld = useLive((store) => at !== null && store.now - at > DAY_MS);
  const zone = useTimeZone();
  if (at === null) return null;
  return (
    <span className="small dim last">
      {say.lastResult} <LocalTime at={at} style={isOld ? 'day' : 'second'} />
      <noscript> {zone}</noscript>
    </span>
  );
}
