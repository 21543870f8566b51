'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { useLive } from '../live/live-provider.tsx';

/** A series that the page was not laid out for, or the first data at all: the server lays the page out anew. */
export function LayoutWatcher() {
  const router = useRouter();
  const layout = useLive((store) => `${store.newSeries} ${store.entries.length > 0}`);
  const laidOut = useRef(layout);
  useEffect(() => {
    if (laidOut.current === layout) return;
    laidOut.current = layout;
    router.refresh();
  }, [layout, router]);
  return null;
}
