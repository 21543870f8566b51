'use client';

import { clockTime } from '../format/time.ts';
import type { Style } from '../format/times.ts';
import { useTimeZone } from '../live/use-time-zone.ts';

/** A moment in the reader's own time. */
export function LocalTime({ at, style }: { at: number; style?: Style }) {
  const zone = useTimeZone();
  return <time dateTime={new Date(at).toISOString()}>{clockTime(at, zone, style)}</time>;
}
