'use client';

import { EventMark } from '../events/event-mark.tsx';
import { useFrame } from './use-frame.ts';
import { useBands, useMarks } from './use-marks.ts';

/** Under the time axis: a bar for each run of failures and for each gap, and a mark of its own shape for whatever else happened. */
export function EventLane() {
  const frame = useFrame();
  const bars = useBands(frame).filter(({ tone }) => tone !== 'unknown');
  return (
    <div className="lane" aria-hidden="true">
      {bars.map(({ key, left, width, tone }) => (
        <i key={`${tone} ${key}`} className={`stretch ${tone}`} style={{ left: `${left}%`, width: `${width}%` }} />
      ))}
      {useMarks(frame).map(({ key, kind, left }) => (
        <EventMark key={key} kind={kind} left={left} />
      ))}
    </div>
  );
}
