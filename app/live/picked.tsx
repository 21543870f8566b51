'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';

type Picked = {
  /** When the invocation that the reader looks at was written, ms since the epoch. */
  at: number | null;
  pick: (at: number | null) => void;
};

const PickedContext = createContext<Picked>({ at: null, pick: () => {} });

/** Which invocation the reader has picked on a chart, in the list of events or in the table. */
export function PickedProvider({ children }: { children: ReactNode }) {
  const [at, pick] = useState<number | null>(null);
  const picked = useMemo(() => ({ at, pick }), [at]);
  return <PickedContext value={picked}>{children}</PickedContext>;
}

export function usePicked(): Picked {
  return use(PickedContext);
}
