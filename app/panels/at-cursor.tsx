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
  return (
    <span className={at === null ? 'small dim at-cursor' : 'small dim at-cursor on'}>
      <span className="note">{children}</span>
      {at !== null && (
        <b className="when">
          <LocalTime at={at} style={clockStyle(rangeMs)} />
        </b>
      )}
    </span>
  );
}
