import type { Context } from '#lib/context';
import { readSummaries, type Summary } from './read-summaries.ts';
import { SmallCurves } from './small-curves.ts';

/** What all viewers share is not read more often, however many there are. */
const FRESH_MS = 1_000;

type Reading = { at: number; summaries: Promise<Summary[]> };

/** What this process keeps of the overviews that it answers, so that another viewer costs next to nothing. */
export class OverviewMemory {
  readonly curves = new SmallCurves();
  #newest: Reading | null = null;

  /** Every function as it was at most a second ago. */
  async summaries(ctx: Context): Promise<{ now: number; summaries: Summary[] }> {
    const known = this.#newest;
    if (known !== null && Date.now() - known.at < FRESH_MS && known.at <= Date.now()) {
      return { now: known.at, summaries: await known.summaries };
    }
    const at = Date.now();
    const reading = { at, summaries: readSummaries(ctx, at) };
    this.#newest = reading;
    try {
      return { now: at, summaries: await reading.summaries };
    } catch (error) {
      if (this.#newest === reading) this.#newest = null;
      throw error;
    }
  }
}
