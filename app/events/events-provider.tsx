'use client';

import { createContext, type ReactNode, use, useMemo } from 'react';
import useSWR from 'swr';
import type { EventList } from '#lib/schemas/event';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { fetchEvents } from '../live/rest.ts';
import { eventsKey } from './events-key.ts';
import { type Happening, happeningsOf } from './happenings.ts';

export type Viewer = 'nobody' | 'user' | 'admin';

type Events = {
  /** The oldest first. */
  happenings: readonly Happening[];
  /** The number of a version by what results call it. */
  numberOf: (version: string) => number | null;
  /** Who looks: what leads to pages of admins is shown to admins. */
  viewer: Viewer;
};

const EventsContext = createContext<Events>({ happenings: [], numberOf: () => null, viewer: 'nobody' });

type Props = {
  first: EventList;
  from: number;
  /** Absent where the range ends now. */
  to?: number | undefined;
  viewer: Viewer;
  children: ReactNode;
};

/** Knows what happened in the range of the page; read again when the live feed tells that there is something new. */
export function EventsProvider({ first, from, to, viewer, children }: Props) {
  const { name } = useLiveStore();
  const { data = first } = useSWR(eventsKey(name, from, to), () => fetchEvents(name, from, to), {
    fallbackData: first,
    revalidateOnMount: false,
    revalidateOnFocus: false,
  });
  const failures = useDrawn((store) => store.failures);
  const versions = useDrawn((store) => store.versions);
  const closed = useDrawn((store) => store.gaps);
  const silentSince = useDrawn((store) => store.silentSince);
  const events = useMemo(
    (): Events => ({
      happenings: happeningsOf(data, {
        failures,
        versions,
        gaps: silentSince === null ? closed : [...closed, { from: silentSince, to: null }],
      }),
      numberOf: (version) => data.versions[version] ?? null,
      viewer,
    }),
    [data, failures, versions, closed, silentSince, viewer],
  );
  return <EventsContext value={events}>{children}</EventsContext>;
}

export function useEvents(): Events {
  return use(EventsContext);
}

/** "v8", or the first digits of its content where its number is not known any more. */
export function useVersionName(): (version: string) => string {
  const { numberOf } = useEvents();
  return (version) => {
    const number = numberOf(version);
    return number === null ? version.slice(0, 7) : `v${number}`;
  };
}
