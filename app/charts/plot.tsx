'use client';

import { inWords, type Kind } from '../format/numbers.ts';
import { useFormat } from '../language/use-language.ts';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { Crosshair } from './crosshair.tsx';
import type { Curve } from './curve.ts';
import { Curves } from './curves.tsx';
import { measure } from './measure.ts';
import { PlotBands } from './plot-bands.tsx';
import { PlotMarks } from './plot-marks.tsx';
import { PlotPointer } from './plot-pointer.tsx';
import { scaleFor } from './scale.ts';
import { TimeAxis } from './time-axis.tsx';
import { useFrame } from './use-frame.ts';

type PlotProps = {
  title: string;
  curves: Curve[];
  kind: Kind;
  /** Whether the curves are how fast something grows. */
  perSecond?: boolean;
  /** The big plot: taller, with labels on what happened and a tooltip. */
  tall?: boolean;
};

const SIZES = {
  tall: { intervals: 4, times: 16 },
  short: { intervals: 2, times: 8 },
} as const;

/** How many values a chart says in words. */
const SPOKEN = 8;

/** Curves with everything around them, which is HTML; only the curves themselves are painted. */
export function Plot({ title, curves, kind, perSecond = false, tall = false }: PlotProps) {
  const { intervals, times } = SIZES[tall ? 'tall' : 'short'];
  const frame = useFrame();
  const { low, high } = useExtent(curves);
  const format = useFormat();
  const scale = scaleFor(format, { kind, low, high, intervals });
  const box = { ...frame, min: scale.min, max: scale.max };
  const store = useLiveStore();
  const describe = (row: number) =>
    curves
      .filter(({ lower }) => lower === undefined)
      .slice(0, SPOKEN)
      .map(({ name, label }) => {
        const value = store.series.column(name)[row] ?? null;
        return `${label} ${inWords(measure(format, value, { kind, perSecond }))}`;
      })
      .join(', ');
  return (
    <>
      <PlotPointer title={title} frame={frame} className={tall ? 'plot tall' : 'plot'} describe={describe}>
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
        <Crosshair curves={curves} measure={{ kind, perSecond }} frame={box} tall={tall} />
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
