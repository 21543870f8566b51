'use client';

import { EventMark } from '../events/event-mark.tsx';
import { usePicked } from '../live/picked.tsx';
import { percentAcross } from './path.ts';
import { useMarkLabels, useMarks } from './use-marks.ts';

type Range = { from: number; to: number };

/**
 * Over the curves: a line where the code became another one and one at the picked tick, and what is written beside them. A
 * line without words has the mark of the lane and the list.
 */
export function PlotMarks({ frame, labelled }: { frame: Range; labelled: boolean }) {
  const { at } = usePicked();
  const marks = useMarks(frame);
  return (
    <>
      {marks
        .filter(({ kind }) => kind === 'deploy')
        .map(({ key, kind, left }) => (
          <div key={key} className="vline" style={{ left: `${left}%` }}>
            {!labelled && <EventMark kind={kind} />}
          </div>
        ))}
      {at !== null && at >= frame.from && at <= frame.to && (
        <div className="vline picked" style={{ left: `${percentAcross(frame, at)}%` }} />
      )}
      {labelled && <Labels frame={frame} />}
    </>
  );
}

function Labels({ frame }: { frame: Range }) {
  return useMarkLabels(frame).map(({ key, text, at, side, tone }) => (
    <span
      key={`${tone} ${key}`}
      className={`label ${tone} ${side}`}
      style={side === 'left' ? { left: `${at}%` } : { right: `${100 - at}%` }}
    >
      {text}
    </span>
  ));
}
