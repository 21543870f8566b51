'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { Overview, Standing } from '#lib/schemas/overview';
import { useFormat, useWords } from '../language/use-language.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { OverviewSearch } from './overview-search.tsx';
import { COUNT_TONES, type OverviewView, overviewHref, RANGES, STATES_SHOWN } from './overview-view.ts';
import { overviewWords } from './words.ts';

type Props = { view: OverviewView; counts: Overview['counts'] | null; children: ReactNode };

/** How many functions are how, and what of them is shown: each choice is an address. */
export function OverviewBar({ view, counts, children }: Props) {
  const say = useWords(overviewWords);
  return (
    <div className="bar">
      <h1>{say.title}</h1>
      {counts !== null && (
        <nav className="sum" aria-label={say.onlyThese}>
          {STATES_SHOWN.filter((state) => counts[state] > 0 || state === view.state).map((state) => (
            <Count key={state} state={state} count={counts[state]} view={view} />
          ))}
        </nav>
      )}
      <div className="grow" />
      <nav className="seg" aria-label={say.range}>
        {RANGES.map((range) => (
          <Link
            key={range}
            href={overviewHref({ ...view, range })}
            aria-current={range === view.range ? 'page' : undefined}
            prefetch={false}
            scroll={false}
          >
            <span aria-hidden="true">{range}</span>
            <span className="sr">{say.lastRange[range]}</span>
          </Link>
        ))}
      </nav>
      <OverviewSearch view={view} />
      {children}
    </div>
  );
}

/** Shows only these functions, or all of them again. */
function Count({ state, count, view }: { state: Standing; count: number; view: OverviewView }) {
  const say = useWords(overviewWords);
  const { whole } = useFormat();
  const isChosen = view.state === state;
  return (
    <Link
      className={`state ${COUNT_TONES[state]}`}
      href={overviewHref({ ...view, state: isChosen ? undefined : state, page: 1 })}
      aria-current={isChosen ? 'true' : undefined}
      title={isChosen ? say.showAll : say.onlyThese}
      prefetch={false}
      scroll={false}
    >
      <StateShape tone={COUNT_TONES[state]} />
      {say.counted[state](whole(count), count === 1)}
    </Link>
  );
}
