import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { VigiaError } from '#lib/errors';
import { publicRedisCommand } from '#lib/redis-command';
import { groupSeries, type SeriesGroups } from '#lib/series/group';
import { getContext } from '../context.ts';
import { EventsProvider } from '../events/events-provider.tsx';
import { WithInspector } from '../inspector/with-inspector.tsx';
import { pageWords } from '../language/page-language.ts';
import { LiveProvider } from '../live/live-provider.tsx';
import { PickedProvider } from '../live/picked.tsx';
import { CpuPanel } from '../panels/cpu-panel.tsx';
import { EventsPanel } from '../panels/event-list.tsx';
import { LayoutWatcher } from '../panels/layout-watcher.tsx';
import { LiveMain } from '../panels/live-main.tsx';
import { Notices } from '../panels/notices.tsx';
import { Problem } from '../panels/problem.tsx';
import { ResultsPanel } from '../panels/results-panel.tsx';
import { SamplePanel } from '../panels/sample-panel.tsx';
import { SelectionProvider } from '../panels/selection.tsx';
import { EmptyRange } from './empty-range.tsx';
import { EmptyState } from './empty-state.tsx';
import { type LiveData, loadLive } from './load-live.ts';
import { NoResults } from './no-results.tsx';
import { SeriesCharts } from './series-charts.tsx';
import { Toolbar } from './toolbar.tsx';
import { Unavailable } from './unavailable.tsx';
import type { View } from './view.ts';
import { Vitals } from './vitals.tsx';
import { livePageWords } from './words.ts';
import { ZoomProvider } from './zoom-provider.tsx';

/** One function over a range of time, live or not. Everything is in the first HTML; what moves are the leaves. */
export async function LivePage({ name, view }: { name: string; view: View }) {
  const ctx = await getContext();
  const data = await loadLive(ctx, name, view).catch((error: unknown) => {
    if (error instanceof VigiaError && error.code === 'not_found') notFound();
    if (error instanceof VigiaError && error.code === 'unavailable') return null;
    throw error;
  });
  if (data === null) return <Unavailable name={name} view={view} />;
  const { page, collectorAlive, range } = data;
  const isLive = view.fixed === null;
  const inputKey = page.live.state?.inputKey ?? '';
  const isEmpty = page.results.length === 0 && page.window.entries === 0;
  return (
    <SelectionProvider key={name}>
      <PickedProvider>
        <LiveProvider page={page}>
          <ZoomProvider view={view}>
            <EventsProvider first={data.events} from={page.window.from} to={view.fixed?.to} viewer={data.viewer}>
              {isLive && <Notices inputKey={inputKey} collectorAlive={collectorAlive} isEmpty={isEmpty} />}
              <LiveMain>
                <Toolbar name={name} view={view} range={range} now={page.live.now} />
                {isLive && <Problem />}
                {!isEmpty && <Panels data={data} view={view} groups={groupSeries(data.names)} />}
                {isEmpty && !isLive && <EmptyRange />}
                {isEmpty && isLive && (
                  <EmptyState
                    inputKey={inputKey}
                    collectorAlive={collectorAlive}
                    isDisabled={page.live.state?.status === 'disabled'}
                    returnsNothing={(page.live.state?.ticks.done ?? 0) > 0}
                    now={page.live.now}
                    redisCommand={publicRedisCommand(ctx.config.redis)}
                  />
                )}
                {isLive && <SamplePanel inputKey={inputKey} first={data.sample} />}
              </LiveMain>
              {isLive && <LayoutWatcher />}
            </EventsProvider>
          </ZoomProvider>
        </LiveProvider>
      </PickedProvider>
    </SelectionProvider>
  );
}

function hasNoChart({ cpus, memoryCaching, networkEgress, others }: SeriesGroups): boolean {
  return cpus.length === 0 && memoryCaching === null && networkEgress === null && others.length === 0;
}

type PanelsProps = { data: LiveData; view: View; groups: SeriesGroups };

async function Panels({ data, view, groups }: PanelsProps): Promise<ReactNode> {
  const say = await pageWords(livePageWords);
  const [cpus, ...otherCpus] = groups.cpus;
  return (
    <>
      <Vitals groups={groups} rangeMs={data.page.rangeMs} />
      <WithInspector first={data.picked} bucketMs={data.page.window.resolutionMs ?? null}>
        {cpus !== undefined && <CpuPanel group={cpus} title={say.perCpu} isMain />}
        {otherCpus.map((group) => (
          <CpuPanel
            key={group.family}
            group={group}
            title={say.perCpuOf(group.family.split('|')[0] ?? '')}
            isMain={false}
          />
        ))}
        <SeriesCharts groups={groups} view={view} withEvents={cpus === undefined} />
        {hasNoChart(groups) && <EventsPanel />}
        {data.page.results.length > 0 ? <ResultsPanel view={view} /> : <NoResults />}
      </WithInspector>
    </>
  );
}
