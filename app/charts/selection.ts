/** A stretch of time that is being chosen: from where the reader began to where they are. */
export type Selection = { anchor: number; at: number };

export type Stretch = { from: number; to: number };

const SECOND = 1_000;

export function stretchOf({ anchor, at }: Selection): Stretch {
  return { from: Math.min(anchor, at), to: Math.max(anchor, at) };
}

/** What a selection zooms to: whole seconds, at least as long as `leastMs`, and nothing after `limit`. */
export function zoomOf(selection: Selection, leastMs: number, limit: number): Stretch {
  const { from, to } = stretchOf(selection);
  const missing = Math.max(0, leastMs - (to - from));
  const end = Math.min(Math.ceil((to + missing / 2) / SECOND) * SECOND, Math.ceil(limit));
  return { from: Math.min(Math.floor((from - missing / 2) / SECOND) * SECOND, end - leastMs), to: end };
}
