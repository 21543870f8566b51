'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';
import type { Invocation } from '#lib/schemas/invocation';
import { usePicked } from '../live/picked.tsx';

/** What the server has read already: null for a tick of which nothing is kept. */
export type FirstInvocation = { tick: string; invocation: Invocation | null };

// Most readers never open it. One that cannot be fetched must not take the page with it.
const Inspector = dynamic(() =>
  import('./inspector.tsx').then(
    (module) => module.Inspector,
    () => Missing,
  ),
);

type Props = { first: FirstInvocation | null; bucketMs: number | null; children: ReactNode };

/** The charts, and beside them the tick that the reader has picked. */
export function WithInspector({ first, bucketMs, children }: Props) {
  const { tick } = usePicked();
  return (
    <div className={tick === null ? 'inspectable' : 'inspectable inspected'}>
      <div className="charts">{children}</div>
      {tick !== null && <Inspector tick={tick} first={first} bucketMs={bucketMs} />}
    </div>
  );
}

function Missing() {
  return null;
}
