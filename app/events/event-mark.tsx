import type { Happening } from './happenings.ts';

/** The shape of what happened: diamond, hollow diamond, ring, triangle or square; the same on the axis and in the list. */
export function EventMark({ kind, left }: { kind: Happening['kind']; left?: number }) {
  return (
    <i className={`mark ${kind}`} style={left === undefined ? undefined : { left: `${left}%` }} aria-hidden="true" />
  );
}
