'use client';

import type { ReactNode } from 'react';
import '../styles/overview.css';
import { OVERVIEW_RANGES } from '#lib/functions/overview/overview-ranges';
import type { Overview } from '#lib/schemas/overview';
import { KioskLink } from '../kiosk/kiosk-link.tsx';
import { WallOrDesk } from '../kiosk/wall-or-desk.tsx';
import { useWords } from '../language/use-language.ts';
import { PrintHeader } from '../print/print-header.tsx';
import { FunctionCell } from './function-cell.tsx';
import { NoMatch } from './no-match.tsx';
import { OverviewBar } from './overview-bar.tsx';
import { OverviewPager } from './overview-pager.tsx';
import { type OverviewView, overviewHref } from './overview-view.ts';
import { OverviewWall } from './overview-wall.tsx';
import { ReloadForOne } from './reload-for-one.tsx';
import { SkeletonCells } from './skeleton-cells.tsx';
import { useOverview } from './use-overview.ts';
import { WhyOld } from './why-old.tsx';
import { overviewWords } from './words.ts';

type Props = {
  view: OverviewView;
  /** Null while Redis is away. */
  first: Overview | null;
  /** What may be done here. */
  children?: ReactNode;
};

/** Every function with its state, its main figure and its curve, kept up to date. */
export function OverviewPage(props: Props) {
  const { view } = props;
  if (!view.isKiosk) return <OverviewDesk {...props} />;
  return (
    <WallOrDesk isWall leave={overviewHref({ ...view, isKiosk: false })}>
      <OverviewWall view={view} first={props.first} />
    </WallOrDesk>
  );
}

function OverviewDesk({ view, first, children }: Props) {
  const say = useWords(overviewWords);
  const { overview, outage } = useOverview(view, first);
  return (
    <>
      {outage !== null && <WhyOld outage={outage} isEmpty={overview === null} />}
      <main id="content" className={outage === null ? undefined : 'old'} aria-busy={overview === null}>
        <PrintHeader title={say.title} range={say.lastRange[view.range]} />
        <OverviewBar view={view} counts={overview?.counts ?? null}>
          <KioskLink href={overviewHref({ ...view, isKiosk: true })} />
          {children}
        </OverviewBar>
        {overview === null ? <SkeletonCells /> : <Cells overview={overview} view={view} />}
      </main>
      {first === null && <ReloadForOne overview={overview} />}
    </>
  );
}

function Cells({ overview, view }: { overview: Overview; view: OverviewView }) {
  const say = useWords(overviewWords);
  const { functions, now } = overview;
  if (functions.length === 0) return <NoMatch />;
  return (
    <>
      <section className="cells" aria-label={say.title}>
        {functions.map((card) => (
          <FunctionCell key={card.name} card={card} now={now} rangeMs={OVERVIEW_RANGES[view.range]} isKiosk={false} />
        ))}
      </section>
      <OverviewPager overview={overview} view={view} />
      <p className="small dim">
        {say.curvesShow[view.range]} {say.legend}
      </p>
    </>
  );
}
