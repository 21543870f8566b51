'use client';

import { type PointerEvent, useRef, useState } from 'react';
import { useLiveStore } from '../live/live-provider.tsx';
import type { LiveStore } from '../live/live-store.ts';
import { type Selection, zoomOf } from './selection.ts';
import { useZoom } from './zoom.tsx';

/** A pointer that moves less, in pixels, has clicked. */
const DRAG = 4;
/** A finger that rests this long begins a selection; before that, it moves the crosshair or scrolls the page. */
const LONG_PRESS_MS = 400;
/** A zoom shows at least so many results or buckets. */
const LEAST_ROWS = 3;
const LEAST_MS = 2_000;

type Press = {
  id: number;
  x: number;
  at: number;
  canSelect: boolean;
  timer: ReturnType<typeof setTimeout> | undefined;
};

/** Choosing a stretch of time on a plot, by dragging or by keys, and zooming to it. */
export function useBrush(frame: { from: number; to: number }) {
  const store = useLiveStore();
  const { zoomTo } = useZoom();
  const [held, hold] = useState<{ store: LiveStore; selection: Selection } | null>(null);
  const press = useRef<Press | null>(null);
  const hasDragged = useRef(false);
  // What was chosen stays on the plot until the range that it becomes is there.
  const selection = held?.store === store ? held.selection : null;
  const select = (next: Selection | null) => hold(next === null ? null : { store, selection: next });

  const release = () => {
    clearTimeout(press.current?.timer);
    press.current = null;
  };
  const zoom = (chosen: Selection) => {
    const least = Math.max(LEAST_MS, LEAST_ROWS * Math.max(store.periodMs, store.bucketMs));
    const { from, to } = zoomOf(chosen, least, frame.to);
    zoomTo(from, to);
  };

  return {
    selection,
    select,
    zoom,
    /** Whether the click that has just come was the end of a drag. */
    wasDrag: () => hasDragged.current,
    down(event: PointerEvent<HTMLElement>, at: number) {
      release();
      hasDragged.current = false;
      if (event.button !== 0 || !event.isPrimary) return;
      select(null);
      const isTouch = event.pointerType === 'touch';
      const begun: Press = { id: event.pointerId, x: event.clientX, at, canSelect: !isTouch, timer: undefined };
      press.current = begun;
      if (!isTouch) event.currentTarget.setPointerCapture(event.pointerId);
      else {
        begun.timer = setTimeout(() => {
          begun.canSelect = true;
          hasDragged.current = true;
          select({ anchor: at, at });
        }, LONG_PRESS_MS);
      }
    },
    move({ pointerId, clientX }: PointerEvent<HTMLElement>, at: number) {
      const begun = press.current;
      if (begun === null || begun.id !== pointerId) return;
      const isFar = Math.abs(clientX - begun.x) > DRAG;
      if (!isFar && !hasDragged.current) return;
      if (!begun.canSelect) return clearTimeout(begun.timer);
      hasDragged.current = true;
      select({ anchor: begun.at, at: Math.min(Math.max(at, frame.from), frame.to) });
    },
    up() {
      if (press.current === null) return;
      release();
      if (!hasDragged.current || selection === null) return;
      if (selection.anchor === selection.at) select(null);
      else zoom(selection);
    },
    /** The page scrolls after all. */
    cancel() {
      release();
      hasDragged.current = false;
      select(null);
    },
  };
}
