'use client';

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { mutate } from 'swr';
import useSWRSubscription from 'swr/subscription';
import { isOfEvents } from '../events/events-key.ts';
import { Cursor, CursorContext } from './cursor.tsx';
import { openFeed } from './feed.ts';
import { type LivePage, LiveStore } from './live-store.ts';
import { refetch } from './refetch.ts';

const LiveContext = createContext<LiveStore | null>(null);

/**
 * Holds what the page knows of its function, and keeps it up to date. Another range is another store under the same
 * components: nothing is mounted anew, so the focus stays where it is.
 */
export function LiveProvider({ page, children }: { page: LivePage; children: ReactNode }) {
  const range = `${page.rangeMs} ${page.endsAt ?? ''}`;
  const begin = () => ({ range, store: new LiveStore(page), cursor: new Cursor() });
  const [held, hold] = useState(begin);
  if (held.range !== range) hold(begin());
  const { store, cursor } = held;
  return (
    <LiveContext value={store}>
      {store.isFixed ? null : <Feed store={store} />}
      <CursorContext value={cursor}>{children}</CursorContext>
    </LiveContext>
  );
}

function Feed({ store }: { store: LiveStore }) {
  useSWRSubscription(['live', store.name, store.rangeMs], () =>
    openFeed(store.name, {
      newestId: () => store.newestId,
      isQuiet: () => store.entries[0] !== undefined && store.now - store.entries[0].at > store.freshMs,
      entries: (entries) => store.add(entries),
      state: (state) => store.setLive(state),
      happened: () => void mutate(isOfEvents(store.name)),
      serverTime: (now) => store.setClock(now),
      reset: () => void refetch(store),
      lost: (forMs) => store.setLost(forMs),
    }),
  );
  useEffect(() => {
    const timer = setInterval(() => {
      store.tick();
      if (store.isWindowOld && document.visibilityState === 'visible') void refetch(store);
    }, 1_000);
    return () => clearInterval(timer);
  }, [store]);
  return null;
}

export function useLiveStore(): LiveStore {
  const store = use(LiveContext);
  if (store === null) throw new Error('A live component is outside of its LiveProvider');
  return store;
}

/** As {@link useLive}, for charts: they are drawn a moment after the numbers, which must not wait for them. */
export function useDrawn<T>(select: (store: LiveStore) => T): T {
  const store = useLiveStore();
  const snapshot = () => select(store);
  return useSyncExternalStore(store.subscribeDrawing, snapshot, snapshot);
}

/** A value of the store; the component renders again only when this value is another one. */
export function useLive<T>(select: (store: LiveStore) => T): T {
  const store = useLiveStore();
  const snapshot = () => select(store);
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}
