'use client';

import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { StaticBanner } from '../panels/banner.tsx';
import type { Outage } from './overview-feed.ts';
import { overviewWords } from './words.ts';

/** That what is shown is old, since when, and that the page goes on trying. */
export function WhyOld({ outage: { reason, since }, isEmpty }: { outage: Outage; isEmpty: boolean }) {
  const say = useWords(overviewWords);
  const { clock } = useFormat();
  const zone = useTimeZone();
  if (since === null || isEmpty) return <StaticBanner title={say.redisAway}>{say.nothingYet}</StaticBanner>;
  const time = clock(since, zone);
  return (
    <StaticBanner title={reason === 'redis' ? say.redisAwaySince(time) : say.lostSince(time)}>
      {say.triesAgain}
    </StaticBanner>
  );
}
