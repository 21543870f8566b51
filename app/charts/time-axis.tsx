'use client';

import { useMemo } from 'react';
import { useFormat } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { styleVars } from './key.tsx';
import { percentAcross } from './path.ts';
import { timeTicks } from './time-ticks.ts';

/** Round times under a plot, in the reader's zone. */
export function TimeAxis({ frame: { from, to }, most }: { frame: { from: number; to: number }; most: number }) {
  const zone = useTimeZone();
  const { clock } = useFormat();
  const ticks = useMemo(() => timeTicks(from, to, most, zone), [from, to, most, zone]);
  return (
    <div className="xaxis" aria-hidden="true">
      {ticks.map(({ at, style, odd }) => (
        <span key={at} className={odd ? 'xt odd' : 'xt'} style={styleVars({ '--at': percentAcross({ from, to }, at) })}>
          {clock(at, zone, style)}
        </span>
      ))}
    </div>
  );
}
