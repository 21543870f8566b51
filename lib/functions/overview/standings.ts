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
