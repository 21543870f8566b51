'use client';

import { EventLane } from '../charts/event-lane.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import type { Kind } from '../format/numbers.ts';
import { EventList } from './event-list.tsx';
import { LegendEntry } from './legend.tsx';

type Props = { name: string; title: string; note?: string; kind: Kind; withEvents?: boolean };

/** One series with its own chart. */
export function SeriesPanel({ name, title, note, kind, withEvents = false }: Props) {
  const scaleKind = kind === 'cpu' ? 'percent' : kind;
  return (
    <section className="panel" aria-label={title}>
      <div className="head line">
        <h2>{title}</h2>
        {note !== undefined && <span className="small dim cut">{note}</span>}
        <div className="legend one">
          <LegendEntry name={name} label="now" slot={1} kind={scaleKind} />
        </div>
        <PngButton title={title} />
      </div>
      <div className={withEvents ? 'chart' : 'chart last'}>
        <Plot title={title} curves={[{ name, label: title, slot: 1 }]} kind={scaleKind} />
        {withEvents && <EventLane />}
      </div>
      {withEvents && <EventList />}
    </section>
  );
}
