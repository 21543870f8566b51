'use client';

import { createContext, use, useSyncExternalStore } from 'react';

/** The zone that the server wrote the page's times in. */
export const TimeZoneContext = createContext('UTC');

const never = () => () => {};
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The reader's zone; until the page is hydrated the one that the server used, so that both write the same. */
export function useTimeZone(): string {
  const served = use(TimeZoneContext);
  return useSyncExternalStore(never, zoneHere, () => served);
}
