'use client';

import type { CpuGroup } from '#lib/series/group';
import type { Curve } from '../charts/curve.ts';
import { EventLane } from '../charts/event-lane.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import { cpuNote, MAX_CURVES } from './cpu-note.ts';
import { EventList } from './event-list.tsx';
import { LegendToggle } from './legend.tsx';
import { useSelection } from './selection.tsx';

/** One curve a CPU; the legend switches them. */
export function FewCpus({ group, title, isMain }: { group: CpuGroup; title: string; isMain: boolean }) {
  const { hidden, toggle } = useSelection();
  const all = group.series
    .slice(0, MAX_CURVES)
    .map(({ name, cpu }, index): Curve => ({ name, label: `CPU ${cpu}`, slot: index + 1 }));
  const isCut = group.series.length > MAX_CURVES;
  const note = isCut ? `first ${MAX_CURVES} of ${group.series.length} shown` : '% of one CPU';
  const curves = all.filter(({ name }) => !hidden.has(name));
  return (
    <section className="panel" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <span className="small dim">{cpuNote(group.seconds, note)}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a legend's buttons are no form fields. */}
        <div className="legend" role="group" aria-label="Series">
          {all.map(({ name, label, slot }) => (
            <LegendToggle
              key={name}
              name={name}
              label={label}
              slot={slot}
              kind="cpu"
              shown={!hidden.has(name)}
              onToggle={() => toggle(name)}
            />
          ))}
        </div>
        <PngButton title={title} />
      </div>
      <div className={isMain ? 'chart' : 'chart last'}>
        <Plot title={title} curves={curves} kind="cpu" tall />
        {isMain && <EventLane />}
      </div>
      {isMain && <EventList />}
    </section>
  );
}
