'use client';

import { useEffect, useState } from 'react';
import { OVERVIEW_RANGES } from '#lib/functions/overview/overview-ranges';
import type { Overview } from '#lib/schemas/overview';
import { styleVars } from '../charts/key.tsx';
import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { StateShape } from '../ui/state-mark.tsx';
import { FunctionCell } from './function-cell.tsx';
import { NoMatch } from './no-match.tsx';
import { COUNT_TONES, type OverviewView, STATES_SHOWN } from './overview-view.ts';
import { SkeletonCells } from './skeleton-cells.tsx';
import { useOverview } from './use-overview.ts';
import { useWallGrid } from './use-wall-grid.ts';
import { WhyOld } from './why-old.tsx';
import { overviewWords } from './words.ts';

/** How long each page of functions stays, where one screen has no room for all. */
const TURN_MS = 15_000;
/** What is laid out before anything is known. */
const SKELETONS = 8;

/** All functions on a screen that nobody touches: as many as fit, the others in turn. */
export function OverviewWall({ view, first }: { view: OverviewView; first: Overview | null }) {
  const say = useWords(overviewWords);
  const [turn, setTurn] = useState(1);
  const { ref, room } = useWallGrid();
  const { overview, outage } = useOverview({ ...view, page: turn }, first, room?.most);
  const pages = overview?.pages ?? 1;
  useEffect(() => {
    if (pages === 1) return setTurn(1);
    const timer = setInterval(() => setTurn((page) => (page % pages) + 1), TURN_MS);
    return () => clearInterval(timer);
  }, [pages]);
  const shape = room?.shapeFor(overview?.functions.length ?? SKELETONS);
  const grid = shape === undefined ? undefined : styleVars({ '--columns': shape.columns, '--rows': shape.rows });
  return (
    <>
      {outage !== null && <WhyOld outage={outage} isEmpty={overview === null} />}
      <main id="content" className={outage === null ? 'wall' : 'wall old'}>
        <WallBar overview={overview} />
        <div className="wall-grid" ref={ref} style={grid}>
          {overview === null ? (
            <SkeletonCells />
          ) : overview.functions.length === 0 ? (
            <NoMatch />
          ) : (
            <section className="cells" aria-label={say.title}>
              {overview.functions.map((card) => (
                <FunctionCell
                  key={card.name}
                  card={card}
                  now={overview.now}
                  rangeMs={OVERVIEW_RANGES[view.range]}
                  isKiosk
                />
              ))}
            </section>
          )}
        </div>
      </main>
    </>
  );
}

/** How many are how, which of several pages this is, and from when all of it is. */
function WallBar({ overview }: { overview: Overview | null }) {
  const say = useWords(overviewWords);
  const { whole, clock } = useFormat();
  const zone = useTimeZone();
  return (
    <div className="bar">
      <h1>{say.title}</h1>
      {overview !== null && (
        <>
          <div className="sum">
            {STATES_SHOWN.filter((state) => overview.counts[state] > 0).map((state) => (
              <span key={state} className={`state ${COUNT_TONES[state]}`}>
                <StateShape tone={COUNT_TONES[state]} />
                {say.counted[state](whole(overview.counts[state]), overview.counts[state] === 1)}
              </span>
            ))}
          </div>
          <div className="grow" />
          {overview.pages > 1 && <span className="dim">{say.pageOf(whole(overview.page), whole(overview.pages))}</span>}
          <span className="dim updated">
            {say.updated} {clock(overview.now, zone)}
          </span>
        </>
      )}
    </div>
  );
}
