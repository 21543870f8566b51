'use client';

import { useCallback, useState } from 'react';
import useSWRImmutable from 'swr/immutable';
import { useLiveStore } from '../live/live-provider.tsx';
import { usePrinting } from '../print/use-printing.ts';
import { type Curve, colourOf } from './curve.ts';
import { bandPath, type Frame, linePath } from './path.ts';

// chart.js is fetched after the page is there. Until then, without JavaScript, and when it cannot be fetched, the curves
// are SVG; a failed import in a lazy component would take the whole page with it.
const loadCanvas = async () => (await import('./curves-canvas.tsx')).CurvesCanvas;

const BOX = { width: 1000, height: 1000 };

export function Curves({ curves, frame }: { curves: Curve[]; frame: Frame }) {
  const { data: CurvesCanvas } = useSWRImmutable('chart.js', loadCanvas);
  const [drawn, setDrawn] = useState(false);
  // Paper is wider or narrower than the screen, and finer.
  const isPrinting = usePrinting();
  const onDrawn = useCallback(() => setDrawn(true), []);
  return (
    <>
      {(!drawn || isPrinting) && <CurvesSvg curves={curves} frame={frame} />}
      {CurvesCanvas !== undefined && <CurvesCanvas curves={curves} frame={frame} onDrawn={onDrawn} />}
    </>
  );
}

function CurvesSvg({ curves, frame }: { curves: Curve[]; frame: Frame }) {
  const store = useLiveStore();
  const { times } = store.series.columns;
  return (
    <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
      {curves.map(({ name, slot, lower }) => {
        const { token, dashed } = colourOf(slot);
        if (lower !== undefined) {
          const area = bandPath(times, store.series.column(lower), store.series.column(name), frame, BOX);
          return <path key={name} className="area" d={area} />;
        }
        return (
          <path
            key={name}
            d={linePath(times, store.series.column(name), frame, BOX)}
            stroke={`var(${token})`}
            strokeDasharray={dashed ? '5 3' : undefined}
          />
        );
      })}
    </svg>
  );
}
