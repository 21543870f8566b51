'use client';

import {
  type ChartDataset,
  Chart as ChartJs,
  type ChartOptions,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
} from 'chart.js';
import { useEffect, useRef } from 'react';
import { Chart } from 'react-chartjs-2';
import { useLiveStore } from '../live/live-provider.tsx';
import { type Curve, colourOf } from './curve.ts';
import { translucent, usePalette } from './palette.ts';
import type { Frame } from './path.ts';
import { type ChartPoint, syncPoints } from './points.ts';

ChartJs.register(Filler, LinearScale, LineController, LineElement, PointElement);

const AREA = 0.12;
const LINE = 1.5;
const DASH = [5, 3];
/** The canvas reaches this far beyond the plot, so that a line at 0 is not cut in half. */
const MARGIN = 2;

/** The curves drawn by chart.js; axes, bands and the crosshair are HTML around it. */
export function CurvesCanvas({ curves, frame, onDrawn }: { curves: Curve[]; frame: Frame; onDrawn: () => void }) {
  const { columns } = useLiveStore().series;
  const palette = usePalette();
  const known = useRef({ columns, points: new Map<string, ChartPoint[]>() });
  if (known.current.columns !== columns) known.current = { columns, points: new Map() };

  const pointsOf = (name: string) => {
    const points = syncPoints(known.current.points.get(name) ?? [], columns.times, columns.values.get(name) ?? []);
    known.current.points.set(name, points);
    return points;
  };
  const datasets = curves.flatMap(({ name, slot, lower }): ChartDataset<'line', ChartPoint[]>[] => {
    const { token, dashed } = colourOf(slot);
    const colour = palette[Number(token.slice(3)) - 1] ?? 'gray';
    if (lower === undefined) {
      return [
        {
          label: name,
          data: pointsOf(name),
          borderColor: colour,
          borderWidth: LINE,
          borderDash: dashed ? DASH : [],
        },
      ];
    }
    return [
      { label: lower, data: pointsOf(lower), borderWidth: 0, borderColor: 'transparent' },
      {
        label: name,
        data: pointsOf(name),
        borderWidth: 0,
        borderColor: 'transparent',
        fill: '-1',
        backgroundColor: translucent(colour, AREA),
      },
    ];
  });

  useEffect(onDrawn, [onDrawn]);

  return (
    <div className="canvas" aria-hidden="true">
      <Chart type="line" data={{ datasets }} options={optionsFor(frame)} updateMode="none" />
    </div>
  );
}

function optionsFor({ from, to, min, max }: Frame): ChartOptions<'line'> {
  return {
    animation: false,
    parsing: false,
    normalized: true,
    spanGaps: false,
    maintainAspectRatio: false,
    events: [],
    layout: { padding: MARGIN },
    elements: { point: { radius: 0, hitRadius: 0 }, line: { tension: 0 } },
    scales: {
      x: { type: 'linear', display: false, min: from, max: to },
      y: { type: 'linear', display: false, min, max },
    },
  };
}
