'use client';

import { useRouter } from 'next/navigation';
import { type ReactNode, useMemo, useRef } from 'react';
import { ZoomContext } from '../charts/zoom.tsx';
import { useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { hrefOf, isShown, type Shown, type View } from './view.ts';

/**
 * A zoom is another address, so Back leads out of it and a link shows the same. The tick that the reader looks at stays, as
 * long as it lies in what is shown.
 */
export function ZoomProvider({ view, children }: { view: View; children: ReactNode }) {
  const router = useRouter();
  const store = useLiveStore();
  const { tick, at } = usePicked();
  // From which range the reader came to which: the way back out of several zooms, one after another.
  const before = useRef(new Map<string, Shown>());
  const zoom = useMemo(() => {
    const { range, fixed } = view;
    const addressOf = (shown: Shown) => {
      const kept = at !== null && isShown(at, shown, store.now) ? tick : null;
      return hrefOf({ ...view, ...shown, tick: kept });
    };
    const show = (shown: Shown) => router.push(addressOf(shown), { scroll: false });
    return {
      isZoomed: fixed !== null,
      addressOf: (from: number, to: number) => addressOf({ range, fixed: { from, to } }),
      zoomTo: (from: number, to: number) => {
        before.current.set(keyOf({ from, to }), { range, fixed });
        show({ range, fixed: { from, to } });
      },
      zoomOut: () => {
        if (fixed !== null) show(before.current.get(keyOf(fixed)) ?? { range, fixed: null });
      },
    };
  }, [router, store, view, tick, at]);
  return <ZoomContext value={zoom}>{children}</ZoomContext>;
}

function keyOf({ from, to }: { from: number; to: number }): string {
  return `${from} ${to}`;
}
