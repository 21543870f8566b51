'use client';

import { downsample } from '#lib/series/downsample';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { SparkLine } from './spark-line.tsx';
import { useFrame } from './use-frame.ts';

const MOST_POINTS = 160;

/** A series' curve over the page's range, without axes. */
export function Spark({ name }: { name: string }) {
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const frame = useFrame();
  const column = [...store.series.column(name)];
  const { times, series } = downsample(
    { times: store.series.columns.times, series: [{ name, values: column }] },
    MOST_POINTS,
  );
  const half = store.periodMs / 2;
  const failed = store.failures.map(({ from, to }) => ({ from: from - half, to: to + half }));
  return <SparkLine times={times} values={series[0]?.values ?? []} frame={frame} failed={failed} />;
}
