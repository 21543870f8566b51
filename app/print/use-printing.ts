'use client';

import { useSyncExternalStore } from 'react';

const query = () => window.matchMedia('print');

function subscribe(changed: () => void): () => void {
  const media = query();
  media.addEventListener('change', changed);
  // A browser lays the paper out right after this event.
  window.addEventListener('beforeprint', changed);
  return () => {
    media.removeEventListener('change', changed);
    window.removeEventListener('beforeprint', changed);
  };
}

/** Whether the page is being put on paper. */
export function usePrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => query().matches,
    () => false,
  );
}
