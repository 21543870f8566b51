'use client';

import { useRouter } from 'next/navigation';
import useSWR from 'swr';

const EVERY_MS = 2_000;

/** Loads the page anew as soon as the API answers. */
export function RetryUntilBack() {
  const router = useRouter();
  useSWR('/api/v1/functions', async (url) => (await fetch(url)).ok, {
    refreshInterval: EVERY_MS,
    dedupingInterval: EVERY_MS / 2,
    onSuccess: (isBack) => {
      if (isBack) router.refresh();
    },
  });
  return null;
}
