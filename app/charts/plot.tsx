'use client';

import { useMemo } from 'react';
import type { Kind } from '../format/numbers.ts';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { Crosshair } from './crosshair.tsx';
import type { Curve } from './curve.ts';
import { Curves } from './curves.tsx';
import { percentAcross } from './path.ts';
import { PlotBands } from './plot-bands.tsx';
import { PlotMarks } from './plot-marks.tsx';
import { PlotPointer } from './plot-pointer.tsx';
import { scaleFor } from './scale.ts';
import { timeTicks } from './time-ticks.ts';
import { useFrame } from './use-frame.ts';

export type PlotProps = {
  title: string;
  curves: Curve[];
  kind: Kind;
  /** The big plot: taller, with labels on what happened and a tooltip. */
  tall?: boolean;
};

const SIZES = {
  tall: { intervals: 4, times: 16 },
  short: { intervals: 2, times: 8 },
} as const;

/** Curves with everything around them. Only the curves themselves are drawn by chart.js. */
export function Plot({ title, curves, kind, tall = false }: PlotProps) {
  const { intervals, times } = SIZES[tall ? 'tall' : 'short'];
  const frame = useFrame();
  const { low, high } = useExtent(curves);
  const scale = scaleFor(kind, low, high, intervals);
  const box = { ...frame, min: scale.min, max: scale.max };
  return (
    <>
      <PlotPointer title={title} curves={curves} kind={kind} frame={frame} tall={tall}>
        {scale.ticks.map(({ value, label }) => {
          const top = `${100 - ((value - scale.min) / (scale.max - scale.min)) * 100}%`;
          return (
            <div key={value} className={value === scale.min ? 'grid base' : 'grid'} style={{ top }}>
              <span className="yt">{label}</span>
            </div>
          );
        })}
        <PlotBands frame={frame} />
        <Curves curves={curves} frame={box} />
        <PlotMarks frame={frame} labelled={tall} />
        <Crosshair curves={curves} kind={kind} frame={box} tall={tall} />
      </PlotPointer>
      <TimeAxis frame={frame} most={times} />
    </>
  );
}

function useExtent(curves: Curve[]): { low: number; high: number } {
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const extents = curves
    .flatMap(({ name, lower }) => [name, lower ?? name])
    .flatMap((name) => store.series.extent(name) ?? []);
  return {
    low: extents.reduce((least, { low }) => Math.min(least, low), 0),
    high: extents.reduce((most, { high }) => Math.max(most, high), 0),
  };
}

function TimeAxis({ frame, most }: { frame: { from: number; to: number }; most: number }) {
  const zone = useTimeZone();
  const ticks = useMemo(() => timeTicks(frame.from, frame.to, most, zone), [frame.from, frame.to, most, zone]);
  return (
    <div className="xaxis" aria-hidden="true">
      {ticks.map(({ at, label, odd }) => (
        <span key={at} className={odd ? 'xt odd' : 'xt'} style={{ left: `${percentAcross(frame, at)}%` }}>
          {label}
        </span>
      ))}
    </div>
  );
}
