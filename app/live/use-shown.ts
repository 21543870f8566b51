'use client';

import { rowWithin } from './columns.ts';
import { useCursorTime } from './cursor.tsx';
import { useLive, useLiveStore } from './live-provider.tsx';

/** A series' value under the crosshair, and the newest one while there is none. */
export function useShown(name: string): number | null {
  const store = useLiveStore();
  const current = useLive((live) => live.series.current(name));
  const at = useCursorTime();
  return at === null ? current : valueAt(store, name, at);
}

/** The same for many series at once. */
export function useShownValues(names: readonly string[]): (number | null)[] {
  const store = useLiveStore();
  useLive((live) => live.revision);
  const at = useCursorTime();
  return names.map((name) => (at === null ? store.series.current(name) : valueAt(store, name, at)));
}

function valueAt(store: ReturnType<typeof useLiveStore>, name: string, at: number): number | null {
  const { edge, rangeMs, series } = store;
  const row = rowWithin(series.times, at, { from: edge - rangeMs, to: edge });
  return series.column(name)[row] ?? null;
}
