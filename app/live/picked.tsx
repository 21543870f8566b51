'use client';

import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { parseTick } from './tick.ts';

type Picked = {
  /** When the invocation that the reader looks at was written, ms since the epoch. */
  at: number | null;
  /** What the address says of it: an id, or a time to which the nearest one is looked for. */
  tick: string | null;
  /** Looks at what ran at a time; null at nothing any more. */
  pick: (at: number | null) => void;
  pickTick: (id: string) => void;
  /** Goes on from this tick to another, unless the reader is elsewhere already. */
  step: (to: string) => void;
};

const PickedContext = createContext<Picked>({
  at: null,
  tick: null,
  pick: () => {},
  pickTick: () => {},
  step: () => {},
});

/**
 * Which invocation the reader has picked on a chart, in the list of events or in the table. The address tells it; what is
 * picked here does not wait until the router has heard of that, which it may never, just after the page became alive.
 */
export function PickedProvider({ children }: { children: ReactNode }) {
  const fromRouter = parseTick(useSearchParams().get('tick'));
  const [tick, setTick] = useState(fromRouter);
  useEffect(() => {
    // One that is behind will say the rest in a moment.
    if (fromRouter === tickInAddress()) setTick(fromRouter);
  }, [fromRouter]);
  useEffect(() => {
    const follow = () => setTick(tickInAddress());
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);
  const picked = useMemo((): Picked => {
    const show = (next: string | null) => {
      write(next);
      setTick(next);
    };
    return {
      at: tick === null ? null : Number(tick.split('-')[0]),
      tick,
      pick: (at) => show(at === null ? null : `${Math.round(at)}`),
      pickTick: show,
      step: (to) => {
        if (tickInAddress() === tick) show(to);
      },
    };
  }, [tick]);
  return <PickedContext value={picked}>{children}</PickedContext>;
}

export function usePicked(): Picked {
  return use(PickedContext);
}

function tickInAddress(): string | null {
  return parseTick(new URL(window.location.href).searchParams.get('tick'));
}

/** The address of this page with another tick in it. */
export function addressOf(tick: string | null): string {
  const url = new URL(window.location.href);
  if (tick === null) url.searchParams.delete('tick');
  else url.searchParams.set('tick', tick);
  return `${url.pathname}${url.search}`;
}

/** The same, for links in the first HTML. */
export function useAddressOf(): (tick: string | null) => string {
  const path = usePathname();
  const known = useSearchParams().toString();
  return (tick) => {
    const search = new URLSearchParams(known);
    if (tick === null) search.delete('tick');
    else search.set('tick', tick);
    return search.size === 0 ? path : `${path}?${search}`;
  };
}

/** Back leads to where the reader looked at nothing: from one tick to the next the address is only replaced. */
function write(tick: string | null): void {
  const address = addressOf(tick);
  if (tick === null || new URL(window.location.href).searchParams.has('tick')) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
}
