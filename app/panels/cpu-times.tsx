'use client';

import { type PointerEvent, useEffect, useRef, useState } from 'react';
import type { CpuGroup } from '#lib/series/group';
import { styleVars } from '../charts/key.tsx';
import { percentAcross } from '../charts/path.ts';
import { PlotBands } from '../charts/plot-bands.tsx';
import { PlotPointer } from '../charts/plot-pointer.tsx';
import { useFrame } from '../charts/use-frame.ts';
import { inWords } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { rowWithin } from '../live/columns.ts';
import { useCursorTime } from '../live/cursor.tsx';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { paintCpuTimes } from './paint-cpu-times.ts';
import { useHeatColours } from './use-heat-colours.ts';
import { panelWords } from './words.ts';

/** A line has four pixels; where there are few or many of them, they share these heights. */
const LINE_PX = 4;
const LEAST_PX = 96;
const MOST_PX = 256;
const SCALE = [0, 25, 50, 75, 100] as const;

/** Every CPU over time, a line of colours each: which of them were busy, and when. */
export function CpuTimes({ group }: { group: CpuGroup }) {
  const say = useWords(panelWords);
  const format = useFormat();
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const frame = useFrame();
  const at = useCursorTime();
  const [line, setLine] = useState<number | null>(null);
  const { series } = group;
  const height = Math.min(Math.max(series.length * LINE_PX, LEAST_PX), MOST_PX);
  const pointed = line === null ? undefined : series[line];

  const readingOf = (name: string, row: number) => store.series.column(name)[row] ?? null;
  const text = (name: string, row: number) => inWords(format.figure(readingOf(name, row), 'cpu'));
  const describe = (row: number) => {
    const busiest = series
      .toSorted((a, b) => (readingOf(b.name, row) ?? -1) - (readingOf(a.name, row) ?? -1))
      .slice(0, 3);
    return say.highest(busiest.map(({ name, cpu }) => `CPU ${cpu} ${text(name, row)}`).join(', '));
  };
  const point = (event: PointerEvent<HTMLDivElement> | null) => {
    if (event === null) return setLine(null);
    const { top } = event.currentTarget.getBoundingClientRect();
    setLine(Math.min(Math.max(Math.floor(((event.clientY - top) / height) * series.length), 0), series.length - 1));
  };

  const across = at === null ? null : percentAcross(frame, at);
  return (
    <div className="cputimes">
      <div className="row">
        <span className="small sub">{say.eachCpu}</span>
        <span className="small dim scale">
          {SCALE.map((percent) => (
            <span key={percent}>
              <i style={{ background: `var(--heat-${percent})` }} />
              {percent}
            </span>
          ))}
          %
        </span>
      </div>
      <PlotPointer title={say.eachCpu} frame={frame} className="plot lines" describe={describe} onPoint={point}>
        <div style={{ height }} />
        {[0, 0.25, 0.5, 0.75].map((share) => (
          <span key={share} className="yt" style={{ top: `${share * 100}%` }}>
            {series[Math.floor(share * series.length)]?.cpu}
          </span>
        ))}
        <PlotBands frame={frame} />
        <Painting series={series} frame={frame} />
        {across !== null && across >= 0 && across <= 100 && (
          <>
            <div className="vline cross" style={{ left: `${across}%` }} />
            {pointed !== undefined && at !== null && (
              <span
                className={across > 50 ? 'ptv cpu left' : 'ptv cpu'}
                style={styleVars({ '--line': line ?? 0, '--lines': series.length }, { left: `${across}%` })}
              >
                CPU {pointed.cpu} {text(pointed.name, rowWithin(store.series.times, at, frame))}
              </span>
            )}
          </>
        )}
      </PlotPointer>
    </div>
  );
}

/** Painted apart from what follows the pointer: that moves far more often than there are results. */
function Painting({ series, frame }: { series: CpuGroup['series']; frame: { from: number; to: number } }) {
  const store = useLiveStore();
  const revision = useDrawn((live) => live.revision);
  const colours = useHeatColours();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => setWidth(element.clientWidth));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: columns change in place, and the revision tells when.
  useEffect(() => {
    if (canvas.current === null || width === 0) return;
    const columns = series.map(({ name }) => store.series.column(name));
    paintCpuTimes(canvas.current, {
      times: store.series.times,
      columns,
      frame,
      width,
      isBucketed: store.bucketMs > 0,
      stepMs: Math.max(store.periodMs, store.bucketMs / 2),
      colours,
    });
  }, [store, revision, series, frame, width, colours]);
  return (
    <div className="canvas" aria-hidden="true">
      <canvas ref={canvas} />
    </div>
  );
}
