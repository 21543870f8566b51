'use client';

import { useMemo } from 'react';
import { useLive } from '../live/live-provider.tsx';

/** The stretch of time that every chart of the page shows. */
export function useFrame(): { from: number; to: number } {
  const to = useLive((store) => store.edge);
  const rangeMs = useLive((store) => store.rangeMs);
  return useMemo(() => ({ from: to - rangeMs, to }), [to, rangeMs]);
}
