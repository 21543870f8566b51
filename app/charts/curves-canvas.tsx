'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { useLiveStore } from '../live/live-provider.tsx';
import type { Curve } from './curve.ts';
import { paintCurves } from './paint-curves.ts';
import type { Box, Frame } from './path.ts';

type Props = { curves: readonly Curve[]; frame: Frame; palette: readonly string[]; onDrawn: () => void };

/** The curves as pixels, which a browser draws anew in a fraction of the time that it takes over SVG. */
export function CurvesCanvas({ curves, frame, palette, onDrawn }: Props) {
  const { series, failures } = useLiveStore();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [room, setRoom] = useState<Box>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const measure = () => setRoom({ width: element.clientWidth, height: element.clientHeight });
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  // Each time: columns change in place, and it is rendered because they did.
  useLayoutEffect(() => {
    if (canvas.current === null || room.width === 0) return;
    const columns = { times: series.times, column: (name: string) => series.column(name), failures };
    if (paintCurves(canvas.current, room, { curves, columns, frame, palette })) onDrawn();
  });
  return (
    <div className="canvas" aria-hidden="true">
      <canvas ref={canvas} className="curves" />
    </div>
  );
}
