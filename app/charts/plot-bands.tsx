'use client';

import { useBands } from './use-marks.ts';

/** Behind the curves: where they have nothing to show, and where it failed. */
export function PlotBands({ frame }: { frame: { from: number; to: number } }) {
  return useBands(frame).map(({ key, left, width, tone, edge }) => (
    <div
      key={`${tone} ${key}`}
      className={tone === 'none' ? `band none ${edge}` : 'band'}
      style={{ left: `${left}%`, width: `${width}%` }}
    />
  ));
}
