'use client';

import { useLive } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { StaticBanner } from './banner.tsx';

/** That what the page shows is old because it, or Redis, cannot be reached; nothing while both can. */
export function OutageNotice() {
  const redisDownSince = useLive((store) => store.live.redisDownSince);
  const lostSince = useLive((store) => store.lostSince);
  if (lostSince !== null) {
    return (
      <StaticBanner
        title={
          <>
            Connection lost since <LocalTime at={lostSince} />, showing last data.
          </>
        }
      >
        This page tries again by itself, and misses nothing.
      </StaticBanner>
    );
  }
  if (redisDownSince === null) return null;
  return (
    <StaticBanner
      title={
        <>
          Redis unreachable since <LocalTime at={redisDownSince} />, showing last data.
        </>
      }
    >
      Vigia tries again by itself.
    </StaticBanner>
  );
}
