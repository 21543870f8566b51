'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useRef, useTransition } from 'react';
import { ZoomContext } from '../charts/zoom.tsx';
import { hrefOf, type View } from './view.ts';

type Shown = Pick<View, 'range' | 'fixed'>;

/** A zoom is another address, so Back leads out of it and a link shows the same. */
export function ZoomProvider({ view, children }: { view: View; children: ReactNode }) {
  const router = useRouter();
  const [isPending, startTransition] = useTransition();
  // From which range the reader came to which: the way back out of several zooms, one after another.
  const before = useRef(new Map<string, Shown>());
  const zoom = useMemo(() => {
    const { range, fixed } = view;
    const show = (shown: Shown) => startTransition(() => router.push(hrefOf({ ...view, ...shown }), { scroll: false }));
    return {
      isPending,
      zoomTo: (from: number, to: number) => {
        before.current.set(keyOf({ from, to }), { range, fixed });
        show({ range, fixed: { from, to } });
      },
      zoomOut: () => {
        if (fixed !== null) show(before.current.get(keyOf(fixed)) ?? { range, fixed: null });
      },
    };
  }, [router, view, isPending]);
  return <ZoomContext value={zoom}>{children}</ZoomContext>;
}

function keyOf({ from, to }: { from: number; to: number }): string {
  return `${from} ${to}`;
}
