'use client';

import Link from 'next/link';
import { useState } from 'react';
import { counted } from '../format/number.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { fetchResults } from '../live/rest.ts';
import { hrefOf, rangeInWords, type View } from '../live-page/view.ts';
import { ResultsJson } from './results-json.tsx';
import { ResultsTable } from './results-table.tsx';

const FIRST = 20;
const MORE = 50;
/** The store keeps no more. */
const MOST = 1_000;

/** What the function returned, newest first. */
export function ResultsPanel({ view }: { view: View }) {
  const entries = useLive((store) => store.entries);
  const [limit, setLimit] = useState(FIRST);
  const shown = entries.slice(0, limit);
  return (
    <section className="panel" aria-label="Results">
      <div className="head">
        <h2>Results</h2>
        <span className="small dim spare">newest first</span>
        <div className="grow" />
        <nav className="seg" aria-label="View of the results">
          {(['table', 'json'] as const).map((results) => (
            <Link
              key={results}
              href={hrefOf({ ...view, results })}
              aria-current={view.results === results ? 'page' : undefined}
              prefetch={false}
              scroll={false}
              replace
            >
              {results === 'table' ? 'Table' : 'JSON'}
            </Link>
          ))}
        </nav>
      </div>
      {view.results === 'table' ? <ResultsTable entries={shown} /> : <ResultsJson entries={shown} />}
      <div className="foot">
        <FailedInRange />
        <div className="grow" />
        <MoreButton limit={limit} onMore={() => setLimit(limit + MORE)} />
      </div>
    </section>
  );
}

function FailedInRange() {
  const failed = useLive((store) => store.failures.reduce((sum, { count }) => sum + count, 0));
  const rangeMs = useLive((store) => store.rangeMs);
  return (
    <span className="small dim">
      {failed === 0 ? 'No tick failed' : `${counted(failed, 'tick')} failed`} in {rangeInWords(rangeMs)}
    </span>
  );
}

function MoreButton({ limit, onMore }: { limit: number; onMore: () => void }) {
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
      {state === 'failed' && <span className="small bad-t">Older results could not be read.</span>}
      <button type="button" className="btn quiet scripted" disabled={state === 'loading'} onClick={() => void more()}>
        Show {MORE} more
      </button>
    </>
  );
}
