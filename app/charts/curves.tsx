'use client';

import { useCallback, useState } from 'react';
import { useLiveStore } from '../live/live-provider.tsx';
import { usePrinting } from '../print/use-printing.ts';
import { type Curve, colourOf } from './curve.ts';
import { CurvesCanvas } from './curves-canvas.tsx';
import { usePalette } from './palette.ts';
import { type Frame, pathOf, traceBand, traceLine } from './path.ts';

const BOX = { width: 1000, height: 1000 };

/** The curves are SVG in the first HTML, without JavaScript and on paper, and a canvas once there is a browser to paint it. */
export function Curves({ curves, frame }: { curves: Curve[]; frame: Frame }) {
  const palette = usePalette();
  const [drawn, setDrawn] = useState(false);
  // Paper is wider or narrower than the screen, and finer.
  const isPrinting = usePrinting();
  const onDrawn = useCallback(() => setDrawn(true), []);
  // Only a browser knows colours.
  const isBrowser = palette.length > 0;
  return (
    <>
      {(!drawn || isPrinting) && <CurvesSvg curves={curves} frame={frame} />}
      {isBrowser && <CurvesCanvas curves={curves} frame={frame} palette={palette} onDrawn={onDrawn} />}
    </>
  );
}

function CurvesSvg({ curves, frame }: { curves: Curve[]; frame: Frame }) {
  const { series, failures } = useLiveStore();
  return (
    <svg viewBox={`0 0 ${BOX.width} ${BOX.height}`} preserveAspectRatio="none" aria-hidden="true">
      {curves.map(({ name, slot, lower }) => {
        const { token, dashed } = colourOf(slot);
        if (lower !== undefined) {
          const area = pathOf((pen) =>
            traceBand(pen, series.times, series.column(lower), series.column(name), frame, BOX),
          );
          return <path key={name} className="area" d={area} />;
        }
        return (
          <path
            key={name}
            d={pathOf((pen) => traceLine(pen, series.times, series.column(name), frame, BOX, failures))}
            stroke={`var(${token})`}
            strokeDasharray={dashed ? '5 3' : undefined}
          />
        );
      })}
    </svg>
  );
}
