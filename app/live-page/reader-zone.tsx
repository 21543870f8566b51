'use client';

import { useTimeZone } from '../live/use-time-zone.ts';

/** The name of the zone that times are written in. */
export function ReaderZone() {
  return <span translate="no">{useTimeZone()}</span>;
}
