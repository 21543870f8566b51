'use client';

import { type ReactNode, useEffect } from 'react';
import { TimeZoneContext, useTimeZone } from '../live/use-time-zone.ts';

/** Gives the page its zone, and remembers the reader's, so that the server writes the next page's times in it. */
export function RememberZone({ served, children }: { served: string; children: ReactNode }) {
  return (
    <TimeZoneContext value={served}>
      <Remember served={served} />
      {children}
    </TimeZoneContext>
  );
}

function Remember({ served }: { served: string }) {
  const zone = useTimeZone();
  useEffect(() => {
    if (zone === served) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http.
    document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
  }, [zone, served]);
  return null;
}
