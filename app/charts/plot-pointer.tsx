'use client';

import type { KeyboardEvent, MouseEvent, PointerEvent, ReactNode } from 'react';
import { useFormat, useWords } from '../language/use-language.ts';
import { rowWithin } from '../live/columns.ts';
import { useCursor, useCursorTime } from '../live/cursor.tsx';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { useTimeZone } from '../live/use-time-zone.ts';
import { Brush } from './brush.tsx';
import { clockStyle } from './clock-style.ts';
import { stretchOf } from './selection.ts';
import { useBrush } from './use-brush.ts';
import { useClicks } from './use-clicks.ts';
import { chartWords } from './words.ts';
import { useZoom } from './zoom.tsx';

type Props = {
  title: string;
  frame: { from: number; to: number };
  className: string;
  /** What the chart says at a row, in words. */
  describe: (row: number) => string;
  /** For a plot on which the height of the pointer matters as well. */
  onPoint?: (event: PointerEvent<HTMLDivElement> | null) => void;
  children: ReactNode;
};

/**
 * Moves the crosshair, picks a result and chooses a stretch of time: with the pointer, a finger, or the keys, for which a
 * plot is a slider over time.
 */
export function PlotPointer({ title, frame, className, describe, onPoint, children }: Props) {
  const store = useLiveStore();
  const cursor = useCursor();
  const { pick } = usePicked();
  const at = useCursorTime();
  const brush = useBrush(frame);
  const { isZoomed, zoomOut } = useZoom();
  const clicks = useClicks(isZoomed ? zoomOut : null);
  const say = useWords(chartWords);
  const { clock } = useFormat();
  const zone = useTimeZone();
  useDrawn((live) => live.revision);
  const { times } = store.series.columns;
  const last = rowWithin(times, frame.to, frame);

  const timeAt = ({ currentTarget, clientX }: PointerEvent<HTMLDivElement>) => {
    const { left, width } = currentTarget.getBoundingClientRect();
    return frame.from + ((clientX - left) / width) * (frame.to - frame.from);
  };
  const follow = (event: PointerEvent<HTMLDivElement>) => {
    const time = timeAt(event);
    cursor.set(times[rowWithin(times, time, frame)] ?? null);
    onPoint?.(event);
    return time;
  };
  const leave = (event: PointerEvent<HTMLDivElement>) => {
    if (event.pointerType !== 'mouse') return;
    cursor.set(null);
    onPoint?.(null);
  };
  const click = ({ detail }: MouseEvent) => {
    const { at: clicked } = cursor;
    if (detail === 1 && !brush.wasDrag()) clicks.click(() => pick(clicked));
  };
  const keys = (event: KeyboardEvent<HTMLDivElement>) => {
    const row = at === null ? last + 1 : rowWithin(times, at, frame);
    const target = targetOf(event.key, row, times.length);
    if (target !== null) {
      const next = times[rowWithin(times, times[target] ?? frame.to, frame)] ?? null;
      const anchor = brush.selection?.anchor ?? at ?? times[last];
      if (!event.shiftKey) brush.select(null);
      else if (anchor !== undefined && next !== null) brush.select({ anchor, at: next });
      cursor.set(next);
    } else if (event.key === 'Enter') {
      if (brush.selection === null) pick(at ?? times[last] ?? null);
      else brush.zoom(brush.selection);
    } else if (event.key === 'Escape') {
      if (brush.selection !== null) brush.select(null);
      else if (at !== null) cursor.set(null);
      else return;
    } else return;
    event.preventDefault();
  };

  const shownAt = at ?? times[last] ?? frame.to;
  const style = clockStyle(store.rangeMs);
  const chosen = brush.selection === null ? null : stretchOf(brush.selection);
  const said =
    chosen === null
      ? `${clock(shownAt, zone, style)}: ${describe(rowWithin(times, shownAt, frame))}`
      : say.selected(clock(chosen.from, zone, style), clock(chosen.to, zone, style));
  return (
    <div
      className={className}
      role="slider"
      tabIndex={0}
      aria-label={say.chart(title)}
      aria-valuemin={Math.round(frame.from)}
      aria-valuemax={Math.round(frame.to)}
      aria-valuenow={Math.round(shownAt)}
      aria-valuetext={said}
      onPointerDown={(event) => brush.down(event, follow(event))}
      onPointerMove={(event) => brush.move(event, follow(event))}
      onPointerUp={brush.up}
      onPointerCancel={brush.cancel}
      onPointerLeave={leave}
      onClick={click}
      onDoubleClick={clicks.doubleClick}
      onContextMenu={(event) => brush.wasDrag() && event.preventDefault()}
      onKeyDown={keys}
      onBlur={() => cursor.set(null)}
    >
      {children}
      {chosen !== null && <Brush chosen={chosen} frame={frame} />}
    </div>
  );
}

/** The row that a key goes to; null for one that goes nowhere. */
function targetOf(key: string, row: number, rows: number): number | null {
  const targets: Record<string, number> = {
    ArrowLeft: row - 1,
    ArrowRight: row + 1,
    PageUp: row - 10,
    PageDown: row + 10,
    Home: 0,
    End: rows - 1,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined ? null : Math.min(Math.max(target, 0), rows - 1);
}
