import Link from 'next/link';
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
import { hrefOf, RANGES, type Range, rangeInWords, type View } from './view.ts';
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
        <FixedPill fixed={view.fixed} href={hrefOf({ ...view, fixed: null })} />
      )}
      <div className="grow" />
      <div className="ranges">
        <RangeLinks view={view} range={view.fixed === null ? range : null} />
        <RangePicker view={view} range={range} now={now} />
      </div>
      {view.fixed === null && <PauseButton />}
      <ExportMenu wall={kioskHref(hrefOf(view))} />
      <LivePrintHeader />
    </div>
  );
}

/** `range` is the one that is shown. */
export async function RangeLinks({ view, range }: { view: View; range: Range | null }) {
  const say = await pageWords(livePageWords);
  return (
    <nav className="seg" aria-label={say.range}>
      {RANGES.map((each) => (
        <Link
          key={each.label}
          href={hrefOf({ ...view, range: each, fixed: null })}
          aria-current={each === range ? 'page' : undefined}
          prefetch={false}
          scroll={false}
        >
          <span aria-hidden="true">{each.label}</span>
          <span className="sr">{say.last(rangeInWords(each.ms))}</span>
        </Link>
      ))}
    </nav>
  );
}
