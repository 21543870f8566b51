'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import type { Overview } from '#lib/schemas/overview';

/**
 * While Redis was away the server could not know whether this address shows all functions or the only one; with the first
 * answer it can.
 */
export function ReloadForOne({ overview }: { overview: Overview | null }) {
  const router = useRouter();
  const isKnown = overview !== null;
  useEffect(() => {
    if (isKnown) router.refresh();
  }, [isKnown, router]);
  return null;
}
