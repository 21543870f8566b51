'use client';

import { type ReactNode, useMemo } from 'react';
import { counted, type Kind } from '../format/number.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { LocalTime } from '../ui/local-time.tsx';
import { failureBands, pauses } from './bands.ts';
import { Crosshair } from './crosshair.tsx';
import type { Curve } from './curve.ts';
import { Curves } from './curves.tsx';
import { percentAcross } from './path.ts';
import { PlotPointer } from './plot-pointer.tsx';
import { scaleFor } from './scale.ts';
import { timeTicks } from './time-ticks.ts';
import { useFrame } from './use-frame.ts';
import { VersionLines } from './version-lines.tsx';

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
        <Bands frame={frame} labelled={tall} />
        <Curves curves={curves} frame={box} />
        <VersionLines frame={frame} labelled={tall} />
        <Crosshair curves={curves} kind={kind} frame={box} tall={tall} />
      </PlotPointer>
      <TimeAxis frame={frame} most={times} />
    </>
  );
}

function useExtent(curves: Curve[]): { low: number; high: number } {
  const store = useLiveStore();
  useLive((live) => live.revision);
  const extents = curves
    .flatMap(({ name, lower }) => [name, lower ?? name])
    .flatMap((name) => store.extent(name) ?? []);
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

/** A pause shorter than this share of the range is only a gap in the line. */
const LEAST_PAUSE = 0.015;

function Bands({ frame, labelled }: { frame: { from: number; to: number }; labelled: boolean }): ReactNode {
  const store = useLiveStore();
  const failures = useLive((live) => live.failures);
  const newest = store.columns.times.at(-1) ?? null;
  const failed = failureBands(failures, frame, store.periodMs, ({ count }) => `${counted(count, 'tick')} failed`);
  const least = Math.max(store.freshMs, store.rangeMs * LEAST_PAUSE);
  const isSilent = newest !== null && frame.to - newest > store.freshMs;
  return (
    <>
      {pauses(store.columns.times, frame, least).map(({ key, left, width }) => (
        <div key={key} className="band none" style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
      {isSilent && (
        <div className="band none" style={{ left: `${Math.max(0, percentAcross(frame, newest))}%`, right: 0 }}>
          {labelled && (
            <span className={percentAcross(frame, newest) < 15 ? 'inside' : undefined}>
              no data since <LocalTime at={newest} />
            </span>
          )}
        </div>
      )}
      {failed.map(({ key, left, width, label, inside }) => (
        <div key={key} className="band" style={{ left: `${left}%`, width: `${width}%` }}>
          {labelled && label !== null && <span className={inside ? 'inside' : undefined}>{label}</span>}
        </div>
      ))}
    </>
  );
}
