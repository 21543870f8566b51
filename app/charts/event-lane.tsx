'use client';

import { EventMark } from '../events/event-mark.tsx';
import { useFrame } from './use-frame.ts';
import { useBands, useMarks } from './use-marks.ts';

/** Under the time axis: a bar for each run of failures, and a mark of its own shape for whatever else happened. */
export function EventLane() {
  const frame = useFrame();
  const failed = useBands(frame).filter(({ tone }) => tone === 'failed');
  return (
    <div className="lane" aria-hidden="true">
      {failed.map(({ key, left, width }) => (
        <i key={key} className="failure" style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
      {useMarks(frame).map(({ key, kind, left }) => (
        <EventMark key={key} kind={kind} left={left} />
      ))}
    </div>
  );
}
