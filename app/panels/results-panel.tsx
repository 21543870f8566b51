'use client';

import { useState } from 'react';
import { useEvents } from '../events/events-provider.tsx';
import { isTryOf } from '../events/happenings.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { fetchResults } from '../live/rest.ts';
import { rangeInWords, type View } from '../live-page/view.ts';
import { LookLink } from '../live-page/view-link.tsx';
import { columnsFor } from './result-columns.ts';
import { ResultsJson } from './results-json.tsx';
import { ResultsTable } from './results-table.tsx';
import { resultsWords } from './results-words.ts';

const FIRST = 20;
const MORE = 50;
/** The store keeps no more. */
const MOST = 1_000;

/** What the function returned, newest first. */
export function ResultsPanel({ view }: { view: View }) {
  const say = useWords(resultsWords);
  const entries = useLive((store) => store.entries);
  const [limit, setLimit] = useState(FIRST);
  const [withAllColumns, setWithAllColumns] = useState(false);
  const shown = entries.slice(0, limit);
  return (
    <section className="panel" aria-label={say.title}>
      <div className="head">
        <h2>{say.title}</h2>
        <span className="small dim spare">{say.note}</span>
        {view.results === 'table' && (
          <MoreColumns isOpen={withAllColumns} onToggle={() => setWithAllColumns(!withAllColumns)} />
        )}
        <div className="grow" />
        <nav className="seg" aria-label={say.view}>
          {(['table', 'json'] as const).map((results) => (
            <LookLink key={results} view={{ ...view, results }} isCurrent={view.results === results} replace>
              {say.views[results]}
            </LookLink>
          ))}
        </nav>
      </div>
      {view.results === 'table' ? (
        <ResultsTable entries={shown} withAllColumns={withAllColumns} />
      ) : (
        <ResultsJson entries={shown} />
      )}
      <div className="foot">
        <FailedInRange />
        <div className="grow" />
        <MoreButton limit={limit} onMore={() => setLimit(limit + MORE)} />
      </div>
    </section>
  );
}

/** Shows and hides the series that the table has no room for; says how many those are. */
function MoreColumns({ isOpen, onToggle }: { isOpen: boolean; onToggle: () => void }) {
  const say = useWords(resultsWords);
  const { whole } = useFormat();
  const { more } = columnsFor(
    useLive((store) => store.series.groups),
    say,
  );
  const count = whole(more.length);
  if (more.length === 0) return null;
  return (
    <>
      <button type="button" className="btn link scripted" aria-expanded={isOpen} onClick={onToggle}>
        {isOpen ? say.fewerColumns : say.moreColumns(more.length, count)}
      </button>
      {!isOpen && <span className="small dim left-out">{say.columnsLeftOut(more.length, count)}</span>}
    </>
  );
}

function FailedInRange() {
  const say = useWords(resultsWords);
  const { whole } = useFormat();
  const { happenings } = useEvents();
  const failures = useLive((store) => store.failures);
  const rangeMs = useLive((store) => store.rangeMs);
  const range = rangeInWords(rangeMs);
  const count = failures.reduce((sum, run) => sum + run.count, 0);
  const areTries = failures.every((run) => happenings.some((each) => isTryOf(run, each)));
  const said = areTries ? say.notLoaded : say.failed;
  return <span className="small dim">{count === 0 ? say.noneFailed(range) : said(count, whole(count), range)}</span>;
}

function MoreButton({ limit, onMore }: { limit: number; onMore: () => void }) {
  const say = useWords(resultsWords);
  const { whole } = useFormat();
  const store = useLiveStore();
  const known = useLive(({ entries }) => entries.length);
  const [state, setState] = useState<'idle' | 'loading' | 'end' | 'failed'>('idle');
  const more = async () => {
    const missing = limit + MORE - known;
    const oldest = store.entries.at(-1)?.id;
    if (missing > 0 && oldest !== undefined) {
      setState('loading');
      try {
        const { data } = await fetchResults(store.name, { before: oldest, limit: String(missing) });
        store.addOlder(data.results);
        setState(data.complete ? 'end' : 'idle');
      } catch {
        setState('failed');
        return;
      }
    }
    onMore();
  };
  if (state === 'end' || limit + MORE > MOST || known < Math.min(limit, FIRST)) return null;
  return (
    <>
      {state === 'failed' && <span className="small bad-t">{say.unreadable}</span>}
      <button type="button" className="btn quiet scripted" disabled={state === 'loading'} onClick={() => void more()}>
        {say.more(whole(MORE))}
      </button>
      <span className="small dim left-out">{say.olderLeftOut}</span>
    </>
  );
}
