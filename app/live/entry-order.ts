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
  const byId = new Map([...known, ...incoming].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort((a, b) => (isNewer(b.id, a.id) ? 1 : -1)).slice(0, limit);
}
