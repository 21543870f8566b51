'use client';

import { useDrawn } from '../live/live-provider.tsx';
import { percentAcross } from './path.ts';

/** Where the code became another one. */
export function VersionLines({ frame, labelled }: { frame: { from: number; to: number }; labelled: boolean }) {
  const versions = useDrawn((store) => store.versions);
  return versions
    .slice(1)
    .filter(({ at }) => at >= frame.from && at <= frame.to)
    .map(({ at, version }) => {
      const left = percentAcross(frame, at);
      return (
        <div key={at} className="vline" style={{ left: `${left}%` }}>
          {labelled && <span className={left > 90 ? 'flag left' : 'flag'}>{version.slice(0, 7)}</span>}
        </div>
      );
    });
}
