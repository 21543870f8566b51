'use client';

import { useLive } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { isShown, type Shown } from './view.ts';

/** The tick that the reader looks at, if it lies in what would be shown. */
export function useKeptTick(shown: Shown): string | null {
  const { tick, at } = usePicked();
  const isKept = useLive(({ now }) => at !== null && isShown(at, shown, now));
  return isKept ? tick : null;
}
