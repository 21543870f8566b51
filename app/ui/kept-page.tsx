'use client';

import { type ReactNode, useState } from 'react';
import { commonWords } from '../language/common-words.ts';
import { useWords } from '../language/use-language.ts';
import { StaticBanner } from '../panels/banner.tsx';
import { RetryUntilBack } from '../panels/retry-until-back.tsx';
import '../styles/kept.css';
import { uiWords } from './words.ts';

type Props = {
  /** Null while Redis is away. */
  children: ReactNode;
  /** What stands there when nothing has been shown yet. */
  empty: ReactNode;
};

/** A page that cannot be read while Redis is away: it says so, keeps what it showed, and comes back by itself. */
export function KeptPage({ children, empty }: Props) {
  const say = useWords(uiWords);
  const { redisAway } = useWords(commonWords);
  const [shown, setShown] = useState(children);
  if (children !== null && children !== shown) setShown(children);
  const isAway = children === null;
  return (
    <>
      <noscript>
        <StaticBanner title={say.noScriptTitle}>{say.noScript}</StaticBanner>
      </noscript>
      {isAway && (
        <>
          <StaticBanner title={shown === null ? redisAway : say.awayTitle}>{say.away}</StaticBanner>
          <RetryUntilBack />
        </>
      )}
      <div className="kept" data-away={isAway || undefined}>
        {shown ?? empty}
      </div>
    </>
  );
}
