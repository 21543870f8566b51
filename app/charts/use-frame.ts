'use client';

import { useMemo } from 'react';
import { useDrawn } from '../live/live-provider.tsx';

/** The stretch of time that every chart of the page shows. */
export function useFrame(): { from: number; to: number } {
  const to = useDrawn((store) => store.edge);
  const rangeMs = useDrawn((store) => store.rangeMs);
  return useMemo(() => ({ from: to - rangeMs, to }), [to, rangeMs]);
}
