'use client';

import { createContext, use } from 'react';

type Zoom = {
  /** Whether there is something to zoom out of. */
  isZoomed: boolean;
  /** Shows a stretch of the time that is shown, and nothing else. */
  zoomTo: (from: number, to: number) => void;
  /** Where that is shown. */
  addressOf: (from: number, to: number) => string;
  /** Shows what was shown before. */
  zoomOut: () => void;
};

export const ZoomContext = createContext<Zoom>({
  isZoomed: false,
  zoomTo: () => {},
  addressOf: () => '',
  zoomOut: () => {},
});

export function useZoom(): Zoom {
  return use(ZoomContext);
}
