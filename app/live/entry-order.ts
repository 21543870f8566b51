import type { HistoryEntry } from '#lib/schemas/history';

/** Whether history id `a` was given after `b`. */
export function isNewer(a: string, b: string): boolean {
  const [aMs = '0', aSeq = '0'] = a.split('-');
  const [bMs = '0', bSeq = '0'] = b.split('-');
  return (Number(aMs) - Number(bMs) || Number(aSeq) - Number(bSeq)) > 0;
}

/** Both lists as one, newest first, each id once, at most `limit` of them. */
export function mergeNewest(
  known: readonly HistoryEntry[],
  incoming: readonly HistoryEntry[],
  limit: number,
): HistoryEntry[] {
  const oldest = incoming[0];
  const newest = known[0];
  // The usual case, many times a second at the shortest periods: all that comes is newer than all that is known.
  if (oldest !== undefined && newest !== undefined && isNewer(oldest.id, newest.id)) {
    const last = incoming.at(-1) ?? oldest;
    if (!isNewer(oldest.id, last.id)) return [...incoming.toReversed(), ...known].slice(0, limit);
  }
  const byId = new Map([...known, ...incoming].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (isNewer(b.id, a.id) ? 1 : -1)).slice(0, limit);
}
