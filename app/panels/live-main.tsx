'use client';

import type { ReactNode } from 'react';
import { useLive } from '../live/live-provider.tsx';

/** The page's content, greyed while its figures are old. */
export function LiveMain({ children }: { children: ReactNode }) {
  const isStale = useLive(
    ({ status, isFixed, isOutOfReach }) => !isFixed && (isOutOfReach || status === 'stale' || status === 'connecting'),
  );
  return (
    <main id="content" className={isStale ? 'stale' : undefined}>
      {children}
    </main>
  );
}
