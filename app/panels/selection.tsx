'use client';

import { createContext, type ReactNode, use, useMemo, useState } from 'react';

type Selection = {
  /** Series that the reader has switched off. */
  hidden: ReadonlySet<string>;
  /** The CPUs that the reader named; null while the highest are named by themselves. */
  chosen: readonly string[] | null;
  toggle: (name: string) => void;
  choose: (names: readonly string[] | null) => void;
};

const SelectionContext = createContext<Selection>({
  hidden: new Set(),
  chosen: null,
  toggle: () => {},
  choose: () => {},
});

/** Which series the reader wants to see; it outlives a change of the range. */
export function SelectionProvider({ children }: { children: ReactNode }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [chosen, choose] = useState<readonly string[] | null>(null);
  const selection = useMemo(
    () => ({
      hidden,
      chosen,
      choose,
      toggle: (name: string) => {
        setHidden((before) =>
          before.has(name) ? new Set([...before].filter((one) => one !== name)) : new Set([...before, name]),
        );
      },
    }),
    [hidden, chosen],
  );
  return <SelectionContext value={selection}>{children}</SelectionContext>;
}

export function useSelection(): Selection {
  return use(SelectionContext);
}
