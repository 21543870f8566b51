'use client';

import { useRef, useState } from 'react';
import type { CpuGroup } from '#lib/series/group';
import type { Curve } from '../charts/curve.ts';
import { EventLane } from '../charts/event-lane.tsx';
import { Key } from '../charts/key.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import { figureOf } from '../format/number.ts';
import { CPU_HIGH, CPU_LOW, CPU_MEAN } from '../live/cpu-summary.ts';
import { assignSlots } from '../live/highest.ts';
import { useLive } from '../live/live-provider.tsx';
import { cpuNote } from './cpu-note.ts';
import { CpuPicker } from './cpu-picker.tsx';
import { EventList } from './event-list.tsx';
import { LegendEntry } from './legend.tsx';
import { useSelection } from './selection.tsx';

const MEAN_SLOT = 1;
const MEAN: Curve = { name: CPU_MEAN, label: 'mean', slot: MEAN_SLOT };
const SPREAD: Curve = { name: CPU_HIGH, lower: CPU_LOW, label: 'min to max', slot: MEAN_SLOT };
/** Longer legends would push the chart away; the picker lists all. */
const MAX_NAMED = 12;

/** Mean, spread and a few named CPUs: the highest, or those that the reader chose. */
export function ManyCpus({ group, title }: { group: CpuGroup; title: string }) {
  const { chosen } = useSelection();
  const highest = useLive((store) => store.series.highestCpus);
  const [isChoosing, setChoosing] = useState(false);
  const slots = useRef<ReadonlyMap<string, number>>(new Map());
  const named = chosen ?? highest;
  slots.current = assignSlots(slots.current, named, MEAN_SLOT + 1);
  const cpuOf = new Map(group.series.map(({ name, cpu }) => [name, cpu]));
  const curves = named.map(
    (name): Curve => ({ name, label: `CPU ${cpuOf.get(name)}`, slot: slots.current.get(name) ?? 2 }),
  );
  const note = `${chosen === null ? `${named.length} highest` : named.length} of ${group.series.length} shown`;
  return (
    <section className="panel" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <span className="small dim">{cpuNote(group.seconds, note)}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a legend is no form. */}
        <div className="legend" role="group" aria-label="Series">
          <LegendEntry {...MEAN} kind="cpu" />
          <span>
            <Key slot={MEAN_SLOT} area />
            min to max
            <SpreadValue />
          </span>
          {curves.slice(0, MAX_NAMED).map((curve) => (
            <LegendEntry key={curve.name} {...curve} kind="cpu" />
          ))}
          {curves.length > MAX_NAMED && <span>and {curves.length - MAX_NAMED} more</span>}
          <button
            type="button"
            className="btn link scripted"
            aria-expanded={isChoosing}
            onClick={() => setChoosing(!isChoosing)}
          >
            {isChoosing ? 'Close the list' : 'Choose CPUs'}
          </button>
        </div>
        <PngButton title={title} />
      </div>
      {isChoosing && <CpuPicker group={group} named={named} />}
      <div className="chart">
        <Plot title={title} curves={[...curves, MEAN, SPREAD]} kind="cpu" tall />
        <EventLane />
      </div>
      <EventList />
    </section>
  );
}

function SpreadValue() {
  const low = useLive((store) => store.series.current(CPU_LOW));
  const high = useLive((store) => store.series.current(CPU_HIGH));
  return <b className="range">{`${figureOf(low, 'cpu').text} to ${figureOf(high, 'cpu').text}`}</b>;
}
