import type { KeptCurve } from './read-small-curve.ts';
import type { Summary } from './read-summaries.ts';

/**
 * What this process keeps of the overviews that it answers, so that another viewer costs next to nothing. No more than a place:
 * every process has one, and most of them never read an overview.
 */
export class OverviewMemory {
  /** Every function as it was at that moment. */
  newest: { at: number; summaries: Promise<Summary[]> } | null = null;
  readonly curves = new Map<string, Promise<KeptCurve>>();
}
