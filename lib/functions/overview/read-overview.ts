import type { Context } from '#lib/context';
import type { Overview, OverviewQuery, OverviewSort } from '#lib/schemas/overview';
import { cardOf } from './card-of.ts';
import { OVERVIEW_RANGES } from './overview-ranges.ts';
import type { Summary } from './read-summaries.ts';
import { recentSummaries } from './recent-summaries.ts';
import { countStandings, STANDINGS } from './standings.ts';

/** One page of all functions, each with its state, its main figure and its curve. */
export async function readOverview(ctx: Context, query: OverviewQuery): Promise<Overview> {
  const { now, summaries } = await recentSummaries(ctx);
  const { q, state, sort, range, limit, since } = query;
  const wanted = q.trim().toLowerCase();
  const found = summaries.filter(
    (summary) =>
      summary.state.name.toLowerCase().includes(wanted) && (state === undefined || STANDINGS[summary.status] === state),
  );
  const pages = Math.max(1, Math.ceil(found.length / limit));
  const page = Math.min(query.page, pages);
  const shown = found.sort(ORDERS[sort]).slice((page - 1) * limit, page * limit);
  const rangeMs = OVERVIEW_RANGES[range];
  return {
    now,
    total: summaries.length,
    counts: countStandings(summaries),
    matching: found.length,
    page,
    pages,
    functions: await Promise.all(shown.map((summary) => cardOf(ctx, summary, { now, rangeMs, since }))),
  };
}

const byName = (a: Summary, b: Summary) => a.state.name.localeCompare(b.state.name);
const STATUS_ORDER = Object.keys(STANDINGS);
const urgency = ({ status }: Summary) => STATUS_ORDER.indexOf(status);
const took = ({ newest }: Summary) => newest?.tookMs ?? -1;

const ORDERS = {
  failing: (a, b) => urgency(a) - urgency(b) || byName(a, b),
  name: byName,
  slowest: (a, b) => took(b) - took(a) || byName(a, b),
  // Revisions grow over all functions.
  changed: (a, b) => b.record.revision - a.record.revision,
} satisfies Record<OverviewSort, (a: Summary, b: Summary) => number>;
