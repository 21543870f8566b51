'use client';

import { type ReactNode, useState } from 'react';
import { StaticBanner } from '../panels/banner.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import '../styles/kept.css';

type Props = {
  /** Null while Redis is away. */
  children: ReactNode;
  /** What stands there when nothing has been shown yet. */
  empty: ReactNode;
};

/** A page that cannot be read while Redis is away: it says so, keeps what it showed, and comes back by itself. */
export function KeptPage({ children, empty }: Props) {
  const [shown, setShown] = useState(children);
  if (children !== null && children !== shown) setShown(children);
  const isAway = children === null;
  return (
    <>
      <noscript>
        <StaticBanner title="JavaScript is off.">This page can be read; changing something needs it.</StaticBanner>
      </noscript>
      {isAway && (
        <>
          <StaticBanner title={shown === null ? 'Redis unreachable.' : 'Redis unreachable, showing last data.'}>
            Nothing can be changed until it answers. Functions keep their state and go on then; live pages show what
            they had. This page tries again every 2 s.
          </StaticBanner>
          <RetryUntilBack />
        </>
      )}
      <div className="kept" data-away={isAway || undefined}>
        {shown ?? empty}
      </div>
    </>
  );
}
