'use client';

import type { ReactNode } from 'react';
import type { StatusDetails } from '#lib/schemas/status';
import { WhyOld } from '../../overview/why-old.tsx';
import '../../styles/kept.css';
import '../../styles/status.css';
import { ProcessesPanel } from './processes-panel.tsx';
import { RedisPanel } from './redis-panel.tsx';
import { SandboxPanel } from './sandbox-panel.tsx';
import { StatusSummary } from './status-summary.tsx';
import { useStatus } from './use-status.ts';
import { WorkPanel } from './work-panel.tsx';

type Props = {
  /** As it was when the page was asked for. */
  first: StatusDetails;
  /** The bar above. */
  children: ReactNode;
};

/** Which process plays which role, how Redis is and what there is to do, kept up to date. */
export function StatusPage({ first, children }: Props) {
  const { status, outage } = useStatus(first);
  return (
    <>
      {outage !== null && <WhyOld outage={outage} isEmpty={false} />}
      <div className="kept" data-away={outage !== null || undefined}>
        <main id="content">
          {children}
          <StatusSummary status={status} />
          <ProcessesPanel status={status} />
          <div className="status-panels">
            <WorkPanel status={status} />
            <RedisPanel redis={status.redis} now={status.now} />
            <SandboxPanel workers={status.workers} />
          </div>
        </main>
      </div>
    </>
  );
}
