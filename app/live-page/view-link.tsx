'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { usePicked } from '../live/picked.tsx';
import { useKeptTick } from './use-kept-tick.ts';
import { hrefOf, type Shown, type View } from './view.ts';

export type LinkProps = { className?: string; isCurrent?: boolean; replace?: boolean; children: ReactNode };

/** Leads to another range. The tick that the reader looks at stays, as long as it lies in there. */
export function RangeLink({ view, shown, ...props }: LinkProps & { view: View; shown: Shown }) {
  return <ViewLink view={{ ...view, ...shown, tick: useKeptTick(shown) }} {...props} />;
}

/** Leads to the same range in another look. */
export function LookLink({ view, ...props }: LinkProps & { view: View }) {
  return <ViewLink view={{ ...view, tick: usePicked().tick }} {...props} />;
}

export function ViewLink({ view, isCurrent = false, ...props }: LinkProps & { view: View }) {
  return (
    <Link
      {...props}
      href={hrefOf(view)}
      aria-current={isCurrent ? 'page' : undefined}
      prefetch={false}
      scroll={false}
    />
  );
}
