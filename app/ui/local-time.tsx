'use client';

import type { Style } from '../format/times.ts';
import { useFormat } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';

/** A moment in the reader's own time. */
export function LocalTime({ at, style }: { at: number; style?: Style }) {
  const zone = useTimeZone();
  const { clock } = useFormat();
  return <time dateTime={new Date(at).toISOString()}>{clock(at, zone, style)}</time>;
}
