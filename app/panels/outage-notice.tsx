'use client';

import { useFormat, useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { StaticBanner } from './banner.tsx';
import { panelWords } from './words.ts';

/** That what the page shows is old because it, or Redis, cannot be reached; nothing while both can. */
export function OutageNotice() {
  const say = useWords(panelWords);
  const { clock } = useFormat();
  const zone = useTimeZone();
  const redisDownSince = useLive((store) => store.live.redisDownSince);
  const lostSince = useLive((store) => store.lostSince);
  if (lostSince !== null) return <StaticBanner title={say.lost(clock(lostSince, zone))}>{say.lostWhy}</StaticBanner>;
  if (redisDownSince === null) return null;
  return <StaticBanner title={say.redisLost(clock(redisDownSince, zone))}>{say.redisLostWhy}</StaticBanner>;
}
