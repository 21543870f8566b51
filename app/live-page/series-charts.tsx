import { classify } from '#lib/series/classify';
import type { SeriesGroups } from '#lib/series/group';
import { pageFormat, pageWords } from '../language/page-language.ts';
import { SeriesPanel, type SeriesPanelProps } from '../panels/series-panel.tsx';
import type { View } from './view.ts';
import { LookLink } from './view-link.tsx';
import { livePageWords } from './words.ts';

/** More unknown numbers than this are drawn only when the reader asks. */
const MAX_CHARTS = 12;

type Props = {
  groups: SeriesGroups;
  view: View;
  /** Lists what happened under the first chart, which is wide then. */
  withEvents: boolean;
};

/** A chart for every series that is no CPU's: the two known percentages, then whatever else the result holds. */
export async function SeriesCharts({ groups, view, withEvents }: Props) {
  const say = await pageWords(livePageWords);
  const { whole } = await pageFormat();
  const { memoryCaching, networkEgress, others } = groups;
  const shown = view.charts === 'all' ? others : others.slice(0, MAX_CHARTS);
  const rest = others.length - MAX_CHARTS;
  const known = [
    { name: memoryCaching, title: say.memoryCaching, note: say.cachingFormula },
    { name: networkEgress, title: say.networkEgress, note: say.egressFormula },
  ];
  const charts: Omit<SeriesPanelProps, 'withEvents'>[] = [
    ...known.flatMap(({ name, ...chart }) => (name === null ? [] : [{ ...chart, name, kind: 'percent' as const }])),
    ...shown.map((name) => ({ name, title: name, kind: classify(name).kind })),
  ];
  if (charts.length === 0) return null;
  return (
    <>
      <div className="two">
        {charts.map((chart, index) => (
          <SeriesPanel key={chart.name} {...chart} withEvents={withEvents && index === 0} />
        ))}
      </div>
      {rest > 0 && (
        <p className="row">
          <LookLink className="btn" view={{ ...view, charts: view.charts === 'all' ? 'some' : 'all' }}>
            {view.charts === 'all' ? say.fewerCharts : say.moreCharts(rest, whole(rest))}
          </LookLink>
          {view.charts !== 'all' && <span className="small dim left-out">{say.chartsLeftOut(rest, whole(rest))}</span>}
        </p>
      )}
    </>
  );
}
