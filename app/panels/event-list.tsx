'use client';

import { useState } from 'react';
import { useFrame } from '../charts/use-frame.ts';
import { EventEnd } from '../events/event-end.tsx';
import { EventMark } from '../events/event-mark.tsx';
import { EventText } from '../events/event-text.tsx';
import { useEvents } from '../events/events-provider.tsx';
import { type Happening, STILL_GOING } from '../events/happenings.ts';
import { eventWords } from '../events/words.ts';
import type { Style } from '../format/times.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { usePrinting } from '../print/use-printing.ts';

const MAX_LISTED = 5;
const DAY_MS = 86_400_000;

/** What happened in the range, newest first, with the marks of the lane. */
export function EventList() {
  const say = useWords(eventWords);
  const { whole } = useFormat();
  const { from, to } = useFrame();
  const [isOpen, setOpen] = useState(false);
  const isPrinting = usePrinting();
  const events = useEvents()
    .happenings.filter(({ at, from: began }) => at >= from && began <= to)
    .toReversed();
  const more = events.length - MAX_LISTED;
  if (events.length === 0) return null;
  return (
    <ol className="events" aria-label={say.title}>
      {(isOpen || isPrinting ? events : events.slice(0, MAX_LISTED)).map((event) => (
        <li key={event.key}>
          <EventMark kind={event.kind} />
          <When of={event} isLong={to - Math.min(from, event.from) >= DAY_MS} />
          <span className="what">
            <EventText of={event} />
          </span>
          <span className="end">
            <EventEnd of={event} />
          </span>
        </li>
      ))}
      {more > 0 && !isPrinting && (
        <li>
          <span />
          <button type="button" className="btn link scripted" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? say.fewer : say.earlier(more, whole(more))}
          </button>
        </li>
      )}
    </ol>
  );
}

/** Where there is no chart that it could be under. */
export function EventsPanel() {
  const say = useWords(eventWords);
  const { happenings } = useEvents();
  if (happenings.length === 0) return null;
  return (
    <section className="panel" aria-label={say.title}>
      <div className="head">
        <h2>{say.title}</h2>
      </div>
      <EventList />
    </section>
  );
}

function When({ of: { from, at }, isLong }: { of: Happening; isLong: boolean }) {
  const say = useWords(eventWords);
  const { clock } = useFormat();
  const zone = useTimeZone();
  const style = isLong ? 'day' : 'second';
  const time = (moment: number, written: Style) => (
    <time dateTime={new Date(moment).toISOString()}>{clock(moment, zone, written)}</time>
  );
  const isSame = (written: Style) => clock(at, zone, written) === clock(from, zone, written);
  const hasEnd = at !== STILL_GOING && !isSame(style);
  return (
    <span className="dim">
      {time(from, style)}
      {hasEnd && (
        <>
          {' '}
          {say.to} {time(at, isLong && isSame('dayOnly') ? 'minute' : style)}
        </>
      )}
    </span>
  );
}
