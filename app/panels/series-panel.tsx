'use client';

import { EventLane } from '../charts/event-lane.tsx';
import { Plot } from '../charts/plot.tsx';
import type { Kind } from '../format/numbers.ts';
import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { EventList } from './event-list.tsx';
import { LegendNow } from './legend.tsx';
import { panelWords } from './words.ts';

type Props = { name: string; title: string; note?: string; kind: Kind; withEvents?: boolean };

/** One series with its own chart; of a counter, how fast it grows. */
export function SeriesPanel({ name, title, note, kind, withEvents = false }: Props) {
  const say = useWords(panelWords);
  const shown = useLive(({ series }) => series.shownAs(name));
  const perSecond = shown !== name;
  const what = { kind: kind === 'cpu' ? 'percent' : kind, perSecond } as const;
  const said = perSecond ? say.perSecond : note;
  return (
    <section className="panel" aria-label={title}>
      <div className="head line">
        <h2 title={title}>{title}</h2>
        {said !== undefined && <span className="small dim cut">{said}</span>}
        <div className="legend one">
          <LegendNow name={shown} {...what} />
        </div>
      </div>
      <div className={withEvents ? 'chart' : 'chart last'}>
        <Plot title={title} curves={[{ name: shown, label: title, slot: 1 }]} {...what} />
        {withEvents && <EventLane />}
      </div>
      {withEvents && <EventList />}
    </section>
  );
}
