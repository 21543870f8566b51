'use client';

import { createContext, use } from 'react';

export type Zoom = {
  /** Shows a stretch of the time that is shown, and nothing else. */
  zoomTo: (from: number, to: number) => void;
  /** Shows what was shown before. */
  zoomOut: () => void;
  /** While what was asked for is on its way. */
  isPending: boolean;
};

export const ZoomContext = createContext<Zoom>({ zoomTo: () => {}, zoomOut: () => {}, isPending: false });

export function useZoom(): Zoom {
  return use(ZoomContext);
}
