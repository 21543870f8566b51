import type { ReactNode } from 'react';
import { mayChange } from '../auth/may-change.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { kioskHref } from '../kiosk/kiosk-href.ts';
import { pageWords } from '../language/page-language.ts';
import { LastResult } from '../panels/last-result.tsx';
import { PauseButton } from '../panels/pause-button.tsx';
import { StatePill } from '../panels/state-pill.tsx';
import { LivePrintHeader } from '../print/live-print-header.tsx';
import { FunctionTabs } from '../ui/function-tabs.tsx';
import { FixedPill } from './fixed-pill.tsx';
import { RangePicker } from './range-picker.tsx';
import { hrefOf, RANGES, type Range, rangeInWords, type Shown, type View } from './view.ts';
import { type LinkProps, RangeLink } from './view-link.tsx';
import { livePageWords } from './words.ts';

type Props = { name: string; view: View; range: Range; now: number };

export async function Toolbar({ name, view, range, now }: Props) {
  return (
    <div className="bar">
      <h1 translate="no">{name}</h1>
      {(await mayChange()) && <FunctionTabs name={name} current="live" />}
      {view.fixed === null ? (
        <>
          <StatePill />
          <LastResult />
        </>
      ) : (
        <FixedPill fixed={view.fixed} view={view} />
      )}
      <div className="grow" />
      <div className="ranges">
        <RangeLinks
          range={view.fixed === null ? range : null}
          link={(shown, props) => <RangeLink key={shown.range?.label} view={view} shown={shown} {...props} />}
        />
        <RangePicker view={view} range={range} now={now} />
      </div>
      {view.fixed === null && <PauseButton />}
      <ExportMenu wall={kioskHref(hrefOf({ ...view, tick: null }))} />
      <LivePrintHeader />
    </div>
  );
}

type RangeLinksProps = {
  /** The one that is shown. */
  range: Range | null;
  link: (shown: Shown, props: LinkProps) => ReactNode;
};

export async function RangeLinks({ range, link }: RangeLinksProps) {
  const say = await pageWords(livePageWords);
  return (
    <nav className="seg" aria-label={say.range}>
      {RANGES.map((each) => {
        const children = (
          <>
            <span aria-hidden="true">{each.label}</span>
            <span className="sr">{say.last(rangeInWords(each.ms))}</span>
          </>
        );
        return link({ range: each, fixed: null }, { isCurrent: each === range, children });
      })}
    </nav>
  );
}
