'use client';

import type { CpuGroup } from '#lib/series/group';
import type { Curve } from '../charts/curve.ts';
import { EventLane } from '../charts/event-lane.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import { useWords } from '../language/use-language.ts';
import { cpuNote, MAX_CURVES } from './cpu-note.ts';
import { EventList } from './event-list.tsx';
import { LegendToggle } from './legend.tsx';
import { useSelection } from './selection.tsx';
import { panelWords } from './words.ts';

/** One curve a CPU; the legend switches them. */
export function FewCpus({ group, title, isMain }: { group: CpuGroup; title: string; isMain: boolean }) {
  const say = useWords(panelWords);
  const { hidden, toggle } = useSelection();
  const all = group.series
    .slice(0, MAX_CURVES)
    .map(({ name, cpu }, index): Curve => ({ name, label: `CPU ${cpu}`, slot: index + 1 }));
  const isCut = group.series.length > MAX_CURVES;
  const note = isCut ? say.firstOf(MAX_CURVES, group.series.length) : say.ofOneCpu;
  const curves = all.filter(({ name }) => !hidden.has(name));
  return (
    <section className="panel" aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
        <span className="small dim">{cpuNote(say, group.seconds, note)}</span>
        {/* biome-ignore lint/a11y/useSemanticElements: a legend's buttons are no form fields. */}
        <div className="legend" role="group" aria-label={say.series}>
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
