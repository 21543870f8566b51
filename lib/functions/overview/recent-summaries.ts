import type { Context } from '#lib/context';
import { readSummaries, type Summary } from './read-summaries.ts';

/** What all viewers share is not read more often, however many there are. */
const FRESH_MS = 1_000;

/** Every function as it was at most a second ago. */
export async function recentSummaries(ctx: Context): Promise<{ now: number; summaries: Summary[] }> {
  const { overview } = ctx;
  const known = overview.newest;
  if (known !== null && Date.now() - known.at < FRESH_MS && known.at <= Date.now()) {
    return { now: known.at, summaries: await known.summaries };
  }
  const at = Date.now();
  const reading = { at, summaries: readSummaries(ctx, at) };
  overview.newest = reading;
  try {
    return { now: at, summaries: await reading.summaries };
  } catch (error) {
    if (overview.newest === reading) overview.newest = null;
    throw error;
  }
}
