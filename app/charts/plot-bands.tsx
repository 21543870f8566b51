'use client';

import type { ReactNode } from 'react';
import { counted } from '../format/number.ts';
import { useDrawn, useLiveStore } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { failureBands, pauses } from './bands.ts';
import { percentAcross } from './path.ts';

/** A pause shorter than this share of the range is only a gap in the line. */
const LEAST_PAUSE = 0.015;
/** A label inside a band needs this much of the width, in percent. */
const LABEL_ROOM = 16;

/** Where the curves have nothing to show, and why: nothing ran yet, any more or for a while, or it failed. */
export function PlotBands({ frame, labelled }: { frame: { from: number; to: number }; labelled: boolean }): ReactNode {
  const store = useLiveStore();
  useDrawn((live) => live.revision);
  const failures = useDrawn((live) => live.failures);
  const { times } = store.series.columns;
  const first = times[0];
  const newest = times.at(-1);
  const least = Math.max(store.freshMs, store.rangeMs * LEAST_PAUSE);
  const failed = failureBands(failures, frame, store.periodMs, ({ count }) => `${counted(count, 'tick')} failed`);
  return (
    <>
      {first !== undefined && first - frame.from > least && (
        <Unknown left={0} right={percentAcross(frame, first)} edge="end">
          {labelled && (
            <>
              no data before <LocalTime at={first} />
            </>
          )}
        </Unknown>
      )}
      {pauses(times, frame, least).map(({ key, left, width }) => (
        <Unknown key={key} left={left} right={left + width} edge="start" />
      ))}
      {newest !== undefined && frame.to - newest > store.freshMs && (
        <Unknown left={Math.max(0, percentAcross(frame, newest))} right={100} edge="start">
          {labelled && (
            <>
              no data since <LocalTime at={newest} />
            </>
          )}
        </Unknown>
      )}
      {failed.map(({ key, left, width, label, inside }) => (
        <div key={key} className="band" style={{ left: `${left}%`, width: `${width}%` }}>
          {labelled && label !== null && <span className={inside ? 'inside' : undefined}>{label}</span>}
        </div>
      ))}
    </>
  );
}

type UnknownProps = { left: number; right: number; edge: 'start' | 'end'; children?: ReactNode };

/** A stretch without data; its label is inside where it fits, else before it. */
function Unknown({ left, right, edge, children }: UnknownProps) {
  const isInside = edge === 'end' || right - left > LABEL_ROOM || left < LABEL_ROOM;
  const hasRoom = edge === 'start' || right - left > LABEL_ROOM;
  return (
    <div className={`band none ${edge}`} style={{ left: `${left}%`, width: `${right - left}%` }}>
      {children && hasRoom && <span className={isInside ? 'inside' : undefined}>{children}</span>}
    </div>
  );
}
