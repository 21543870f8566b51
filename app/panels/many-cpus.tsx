'use client';

import dynamic from 'next/dynamic';
import { useRef, useState } from 'react';
import type { CpuGroup } from '#lib/series/group';
import type { Curve } from '../charts/curve.ts';
import { EventLane } from '../charts/event-lane.tsx';
import { Key } from '../charts/key.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { CPU_HIGH, CPU_LOW, CPU_MEAN } from '../live/cpu-summary.ts';
import { assignSlots } from '../live/highest.ts';
import { useLive } from '../live/live-provider.tsx';
import { useShown } from '../live/use-shown.ts';
import { cpuNote } from './cpu-note.ts';
import { EventList } from './event-list.tsx';
import { LegendEntry } from './legend.tsx';
import { useSelection } from './selection.tsx';
import { panelWords } from './words.ts';

// Most readers never open the one, and nobody needs the other before the numbers are there.
const CpuPicker = dynamic(async () => (await import('./cpu-picker.tsx')).CpuPicker, { ssr: false });
const CpuTimes = dynamic(async () => (await import('./cpu-times.tsx')).CpuTimes, {
  ssr: false,
  loading: () => <div className="cputimes" />,
});

const MEAN_SLOT = 1;
/** Longer legends would push the chart away; the picker lists all. */
const MAX_NAMED = 12;

/** Mean, spread and a few named CPUs: the highest, or those that the reader chose; under them, each CPU as colours. */
export function ManyCpus({ group, title }: { group: CpuGroup; title: string }) {
  const say = useWords(panelWords);
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
  const count = chosen === null ? say.highestOf : say.someOf;
  const note = count(named.length, group.series.length);
  const mean: Curve = { name: CPU_MEAN, label: say.mean, slot: MEAN_SLOT };
  const spread: Curve = { name: CPU_HIGH, lower: CPU_LOW, label: say.minToMax, slot: MEAN_SLOT };
  return (
    <section className="panel" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <span className="small dim">{cpuNote(say, group.seconds, note)}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a legend is no form. */}
        <div className="legend" role="group" aria-label={say.series}>
          <LegendEntry {...mean} kind="cpu" />
          <span>
            <Key slot={MEAN_SLOT} area />
            {say.minToMax}
            <SpreadValue />
          </span>
          {curves.slice(0, MAX_NAMED).map((curve) => (
            <LegendEntry key={curve.name} {...curve} kind="cpu" />
          ))}
          {curves.length > MAX_NAMED && <span>{say.more(curves.length - MAX_NAMED)}</span>}
          <button
            type="button"
            className="btn link scripted"
            aria-expanded={isChoosing}
            onClick={() => setChoosing(!isChoosing)}
          >
            {isChoosing ? say.closeList : say.chooseCpus}
          </button>
        </div>
        <PngButton title={title} />
      </div>
      {isChoosing && <CpuPicker group={group} named={named} />}
      <div className="chart">
        <Plot title={title} curves={[...curves, mean, spread]} kind="cpu" tall />
        <EventLane />
        <CpuTimes group={group} />
      </div>
      <EventList />
    </section>
  );
}

function SpreadValue() {
  const say = useWords(panelWords);
  const { figure } = useFormat();
  const text = (value: number | null) => figure(value, 'cpu').text;
  return <b className="range">{say.fromTo(text(useShown(CPU_LOW)), text(useShown(CPU_HIGH)))}</b>;
}
