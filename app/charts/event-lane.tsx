'use client';

import { useDrawn } from '../live/live-provider.tsx';
import { failureBands } from './bands.ts';
import { percentAcross } from './path.ts';
import { useFrame } from './use-frame.ts';

/** Under the time axis: a bar for each run of failures, a diamond for each new version. */
export function EventLane() {
  const frame = useFrame();
  const failures = useDrawn((store) => store.failures);
  const versions = useDrawn((store) => store.versions);
  const periodMs = useDrawn((store) => store.periodMs);
  return (
    <div className="lane" aria-hidden="true">
      {failureBands(failures, frame, periodMs, () => '').map(({ key, left, width }) => (
        <i key={key} className="failure" style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
      {versions
        .slice(1)
        .filter(({ at }) => at >= frame.from && at <= frame.to)
        .map(({ at }) => (
          <i key={at} className="deploy" style={{ left: `${percentAcross(frame, at)}%` }} />
        ))}
    </div>
  );
}
