'use client';

import { EventLane } from '../charts/event-lane.tsx';
import { Plot } from '../charts/plot.tsx';
import { PngButton } from '../export/png-button.tsx';
import type { Kind } from '../format/numbers.ts';
import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { EventList } from './event-list.tsx';
import { LegendNow } from './legend.tsx';
import { panelWords } from './words.ts';

export type SeriesPanelProps = {
  name: string;
  title: string;
  note?: string;
  kind: Kind;
  /** It is the main chart: wide, tall, and with what happened under it. */
  withEvents: boolean;
};

/** One series with its own chart; of a counter, how fast it grows. */
export function SeriesPanel({ name, title, note, kind, withEvents }: SeriesPanelProps) {
  const say = useWords(panelWords);
  const shown = useLive(({ series }) => series.shownAs(name));
  const perSecond = shown !== name;
  const what = { kind: kind === 'cpu' ? 'percent' : kind, perSecond } as const;
  const said = perSecond || kind.endsWith('per-second') ? say.perSecond : note;
  return (
    <section className={withEvents ? 'panel wide' : 'panel'} aria-label={title}>
      <div className="head line">
        <h2 title={title}>{title}</h2>
        {said !== undefined && <span className={said === note ? 'small dim cut' : 'small dim cut whole'}>{said}</span>}
        <div className="legend one">
          <LegendNow name={shown} {...what} />
        </div>
        <PngButton title={title} />
      </div>
      <div className={withEvents ? 'chart' : 'chart last'}>
        <Plot title={title} curves={[{ name: shown, label: title, slot: 1 }]} {...what} tall={withEvents} />
        {withEvents && <EventLane />}
      </div>
      {withEvents && <EventList />}
    </section>
  );
}
