'use client';

import dynamic from 'next/dynamic';
import type { ReactNode } from 'react';

const Kiosk = dynamic(async () => (await import('./kiosk.tsx')).Kiosk);

type Props = {
  isWall: boolean;
  /** The same page at a desk. */
  leave: string;
  children: ReactNode;
};

/** A page as `?kiosk` asks for it; what a wall needs is loaded only there. */
export function WallOrDesk({ isWall, leave, children }: Props) {
  return isWall ? <Kiosk leave={leave}>{children}</Kiosk> : children;
}
