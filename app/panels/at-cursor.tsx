'use client';

import type { ReactNode } from 'react';
import { clockStyle } from '../charts/clock-style.ts';
import { useCursorTime } from '../live/cursor.tsx';
import { useLiveStore } from '../live/live-provider.tsx';
import { LocalTime } from '../ui/local-time.tsx';

/** A note beside values that follow the crosshair: while there is one, of what time they are. Its width stays. */
export function AtCursor({ children }: { children: ReactNode }) {
  const { rangeMs } = useLiveStore();
  const at = useCursorTime();
  const style = clockStyle(rangeMs);
  return (
    <span className={`small dim at-cursor ${style}${at === null ? '' : ' on'}`}>
      <span className="note">{children}</span>
      {at !== null && (
        <b className="when">
          <LocalTime at={at} style={style} />
        </b>
      )}
    </span>
  );
}
