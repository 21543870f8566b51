'use client';

import { type Band, useBands } from './use-marks.ts';

/** Behind the curves: where they have nothing to show, and where it failed. */
export function PlotBands({ frame }: { frame: { from: number; to: number } }) {
  return useBands(frame).map((band) => (
    <div
      key={`${band.tone} ${band.key}`}
      className={classOf(band)}
      style={{ left: `${band.left}%`, width: `${band.width}%` }}
    />
  ));
}

/** What reaches out of the frame has no edge there. */
function classOf({ tone, since, before }: Band): string {
  if (tone === 'failed') return 'band';
  return since !== undefined ? 'band none since' : before !== undefined ? 'band none before' : 'band none';
}
