'use client';

import { useFrame } from '../charts/use-frame.ts';
import { counted } from '../format/number.ts';
import { useLive } from '../live/live-provider.tsx';
import { eventsSince, type PageEvent } from '../live/marks.ts';
import { LocalTime } from '../ui/local-time.tsx';

const MAX_LISTED = 5;

/** What happened in the range, in words, with the marks of the lane. */
export function EventList() {
  const { from } = useFrame();
  const failures = useLive((store) => store.failures);
  const versions = useLive((store) => store.versions);
  const events = eventsSince(failures, versions, from);
  if (events.length === 0) return null;
  return (
    <ol className="events" aria-label="Events">
      {events.slice(0, MAX_LISTED).map((event) => (
        <li key={`${event.kind} ${event.kind === 'failure' ? event.run.from : event.at}`}>
          <i className={`mark ${event.kind}`} />
          <When event={event} />
          <What event={event} />
        </li>
      ))}
      {events.length > MAX_LISTED && (
        <li>
          <span />
          <span className="dim">{counted(events.length - MAX_LISTED, 'earlier event')}</span>
        </li>
      )}
    </ol>
  );
}

function When({ event }: { event: PageEvent }) {
  if (event.kind === 'deploy' || event.run.from === event.run.to) {
    return (
      <span className="dim">
        <LocalTime at={event.at} />
      </span>
    );
  }
  return (
    <span className="dim">
      <LocalTime at={event.run.from} /> to <LocalTime at={event.run.to} />
    </span>
  );
}

function What({ event }: { event: PageEvent }) {
  if (event.kind === 'deploy') {
    return (
      <span className="what cut">
        Now runs version <b>{event.version.slice(0, 7)}</b>
      </span>
    );
  }
  const { count, version, message } = event.run;
  return (
    <span className="what cut" title={message}>
      <span className="bad-t">
        {counted(count, 'tick')} failed on {version.slice(0, 7)}
      </span>
      <span className="note mono sub">{message}</span>
    </span>
  );
}
