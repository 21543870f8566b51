'use client';

import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { figureOf } from '../format/number.ts';
import { inWords, type Kind } from '../format/numbers.ts';
import { clockTime } from '../format/time.ts';
import { nearestRow } from '../live/columns.ts';
import { useCursor, useCursorTime } from '../live/cursor.tsx';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import type { Curve } from './curve.ts';

type Props = {
  title: string;
  curves: Curve[];
  kind: Kind;
  frame: { from: number; to: number };
  tall: boolean;
  children: ReactNode;
};

/** How many values a chart says in words. */
const SPOKEN = 8;

/** Moves the crosshair: with the pointer, a finger, or the arrow keys, for which a plot is a slider over time. */
export function PlotPointer({ title, curves, kind, frame, tall, children }: Props) {
  const store = useLiveStore();
  const cursor = useCursor();
  const { pick } = usePicked();
  const at = useCursorTime();
  useDrawn((live) => live.revision);
  const zone = useTimeZone();
  const { times } = store.series.columns;

  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const time = frame.from + ((event.clientX - left) / width) * (frame.to - frame.from);
    cursor.set(times[nearestRow(times, time)] ?? null);
  };
  const leave = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType === 'mouse') cursor.set(null);
  };
  const step = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = at === null ? times.length : nearestRow(times, at);
    if (event.key === 'Enter') pick(at ?? times.at(-1) ?? null);
    const target = targetOf(event.key, row, times);
    if (target === undefined) return;
    event.preventDefault();
    cursor.set(target === null ? null : (times[Math.min(Math.max(target, 0), times.length - 1)] ?? null));
  };

  const shownAt = at ?? times.at(-1) ?? frame.to;
  const row = nearestRow(times, shownAt);
  const values = curves
    .filter(({ lower }) => lower === undefined)
    .slice(0, SPOKEN)
    .map(({ name, label }) => `${label} ${inWords(figureOf(store.series.column(name)[row] ?? null, kind))}`);
  return (
    <div
      className={tall ? 'plot tall' : 'plot'}
      role="slider"
      tabIndex={0}
      aria-label={`${title}, chart`}
      aria-valuemin={Math.round(frame.from)}
      aria-valuemax={Math.round(frame.to)}
      aria-valuenow={Math.round(shownAt)}
      aria-valuetext={`${clockTime(shownAt, zone)}: ${values.join(', ')}`}
      onPointerMove={follow}
      onPointerDown={follow}
      onPointerLeave={leave}
      onClick={() => pick(cursor.at)}
      onKeyDown={step}
      onBlur={() => cursor.set(null)}
    >
      {children}
    </div>
  );
}

/** The row that a key goes to; null for none. */
function targetOf(key: string, row: number, times: readonly number[]): number | null | undefined {
  if (key === 'ArrowLeft') return row - 1;
  if (key === 'ArrowRight') return row + 1;
  if (key === 'PageUp') return row - 10;
  if (key === 'PageDown') return row + 10;
  if (key === 'Home') return 0;
  if (key === 'End') return times.length - 1;
  return key === 'Escape' ? null : undefined;
}
