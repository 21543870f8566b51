'use client';

import { useState } from 'react';
import useSWR from 'swr';
import type { StatusDetails } from '#lib/schemas/status';
import type { Outage } from '../../overview/overview-feed.ts';
import { isStatusDetails } from './guard.ts';

const URL = '/api/v1/status/details';
const EVERY_MS = 2_000;
const PATIENCE_MS = 8_000;

/** How the program is, read every two seconds; what was read last stays while nothing can be read. */
export function useStatus(first: StatusDetails): { status: StatusDetails; outage: Outage | null } {
  const [outage, setOutage] = useState<Outage | null>(null);
  const { data = first } = useSWR(URL, read, {
    fallbackData: first,
    revalidateOnMount: false,
    dedupingInterval: EVERY_MS / 2,
    refreshInterval: EVERY_MS,
    // It may well be the reader's own machine, which needs no network for it.
    refreshWhenOffline: true,
    onSuccess: () => setOutage(null),
    onError: (error: unknown) => {
      const reason = error instanceof RedisAway ? 'redis' : 'connection';
      setOutage((known) => (known?.reason === reason ? known : { reason, since: Date.now() }));
    },
    onErrorRetry: (_error, _key, _config, revalidate, { retryCount }) => {
      setTimeout(() => void revalidate({ retryCount }), EVERY_MS);
    },
  });
  return { status: data, outage };
}

class RedisAway extends Error {}

async function read(url: string): Promise<StatusDetails> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  if (response.status === 503) throw new RedisAway();
  // Who may not read it any more is led to sign in, or told that there is no such page.
  if (response.status === 401 || response.status === 403) location.reload();
  const data: unknown = await response.json();
  if (!response.ok || !isStatusDetails(data)) throw new Error(`${response.status} from ${url}`);
  return data;
}
