'use client';

import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StaticBanner } from './banner.tsx';
import { noticeWords } from './notice-words.tsx';

/** That what the page shows is old because it, or Redis, cannot be reached or takes nothing; nothing while all is well. */
export function OutageNotice() {
  const say = useWords(noticeWords);
  const redisDownSince = useLive((store) => store.live.redisDownSince);
  const refused = useLive((store) => store.live.writesRefused);
  const lostSince = useLive((store) => store.lostSince);
  if (lostSince !== null) {
    return <StaticBanner title={say.lostSince(<LocalTime at={lostSince} />)}>{say.missesNothing}</StaticBanner>;
  }
  if (redisDownSince !== null) {
    return <StaticBanner title={say.redisSince(<LocalTime at={redisDownSince} />)}>{say.triesAgain}</StaticBanner>;
  }
  if (refused === null) return null;
  return <StaticBanner title={say.refused[refused]}>{say.untilWritten}</StaticBanner>;
}
