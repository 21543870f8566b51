'use client';

import dynamic from 'next/dynamic';
import type { CpuGroup } from '#lib/series/group';
import { CpuGauges } from './cpu-gauges.tsx';
import { MAX_CURVES } from './cpu-note.ts';

// Most machines have fewer CPUs than need it.
const CpuHeat = dynamic(async () => (await import('./cpu-heat.tsx')).CpuHeat);

/** What every CPU does now: a gauge each, or a strip where there are too many. */
export function CpuFigures({ group }: { group: CpuGroup }) {
  return group.series.length > MAX_CURVES ? <CpuHeat group={group} /> : <CpuGauges group={group} />;
}
