import type { OverviewRange } from '#lib/schemas/overview';

/** How far back the curves of the overview may go. */
export const OVERVIEW_RANGES = { '15m': 900_000, '1h': 3_600_000, '24h': 86_400_000 } as const satisfies Record<
  OverviewRange,
  number
>;
