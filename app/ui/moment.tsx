'use client';

import { useFormat } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';

/** When something was done, in the reader's own time; `now` is the server's, so that both sides mean the same today. */
export function Moment({ at, now }: { at: number; now: number }) {
  const zone = useTimeZone();
  const { moment } = useFormat();
  return <time dateTime={new Date(at).toISOString()}>{moment(at, now, zone)}</time>;
}
