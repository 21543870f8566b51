import Link from 'next/link';
import { mayChange } from '../auth/may-change.ts';
import { ExportMenu } from '../export/export-menu.tsx';
import { kioskHref } from '../kiosk/kiosk-href.ts';
import { LastResult } from '../panels/last-result.tsx';
import { PauseButton } from '../panels/pause-button.tsx';
import { StatePill } from '../panels/state-pill.tsx';
import { LivePrintHeader } from '../print/live-print-header.tsx';
import { FunctionTabs } from '../ui/function-tabs.tsx';
import { hrefOf, RANGES, type View } from './view.ts';

export async function Toolbar({ name, view }: { name: string; view: View }) {
  return (
    <div className="bar">
      <h1>{name}</h1>
      {(await mayChange()) && <FunctionTabs name={name} current="live" />}
      <StatePill />
      <LastResult />
      <div className="grow" />
      <RangeLinks view={view} />
      <PauseButton />
      <ExportMenu wall={kioskHref(hrefOf(view))} />
      <LivePrintHeader />
    </div>
  );
}

export function RangeLinks({ view }: { view: View }) {
  return (
    <nav className="seg" aria-label="Range">
      {RANGES.map((range) => (
        <Link
          key={range.label}
          href={hrefOf({ ...view, range })}
          aria-current={range === view.range ? 'page' : undefined}
          prefetch={false}
          scroll={false}
        >
          <span aria-hidden="true">{range.label}</span>
          <span className="sr">Last {range.words}</span>
        </Link>
      ))}
    </nav>
  );
}
