import type { Standing, Status } from '#lib/schemas/overview';

/** What each status counts as; functions that need somebody come first. */
export const STANDINGS = {
  crashing: 'failing',
  failing: 'failing',
  stale: 'stale',
  connecting: 'waiting',
  starting: 'waiting',
  waiting: 'waiting',
  live: 'running',
  disabled: 'disabled',
} as const satisfies Record<Status, Standing>;

export function countStandings(functions: readonly { status: Status }[]): Record<Standing, number> {
  const counts = { failing: 0, stale: 0, waiting: 0, running: 0, disabled: 0 };
  for (const { status } of functions) counts[STANDINGS[status]] += 1;
  return counts;
}
