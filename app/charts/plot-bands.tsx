'use client';

import { useBands } from './use-marks.ts';

/** Behind the curves: where they have nothing to show, and where it failed. */
export function PlotBands({ frame }: { frame: { from: number; to: number } }) {
  return useBands(frame).map(({ key, left, width, tone, edge }) => (
    <div
      key={`${tone} ${key}`}
      className={tone === 'failed' ? 'band' : `band none ${edge}`}
      style={{ left: `${left}%`, width: `${width}%` }}
    />
  ));
}
