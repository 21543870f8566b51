import type { Context } from '#lib/context';
import type { OverviewCard } from '#lib/schemas/overview';
import { numbersIn } from '#lib/series/flatten';
import { mainSeries, mainValue } from '#lib/series/main-series';
import { type MainCurve, readSmallCurve } from './read-small-curve.ts';
import type { Summary } from './read-summaries.ts';

type Shown = { now: number; rangeMs: number; since: number | undefined };

/** What the overview shows of one function. */
export async function cardOf(ctx: Context, summary: Summary, { now, rangeMs, since }: Shown): Promise<OverviewCard> {
  const { state, status, staleCause, newest, good, result } = summary;
  const { name, language, inputKey, periodMs, failure, failedInARow, retryAt } = state;
  const numbers = numbersIn(result ?? '');
  const { shown, goodAt } = await readSmallCurve(ctx, summary, mainSeries([...numbers.keys()]), rangeMs);
  // Code that does not load is never called, so nothing took any time.
  const called = newest?.failure?.kind === 'init' ? undefined : newest;
  const dataAt = good?.inputAt ?? goodAt;
  const mayFail = status === 'failing' || status === 'crashing' || status === 'stale';
  return {
    name,
    language,
    status,
    inputKey,
    periodMs,
    dataAt,
    tookMs: called?.tookMs ?? null,
    lagMs: called?.lagMs ?? null,
    figure: shown === null ? null : figureOf(shown, dataAt === null ? new Map() : numbers),
    staleCause,
    failure: mayFail && failure !== null ? { message: failure.message, inARow: failedInARow, retryAt } : null,
    disabledBy: disabledBy(summary),
    curve: shown?.curve.rows(now, since) ?? { from: now - rangeMs, times: [], values: [], failures: [] },
  };
}

/** A number of which nobody knows how old it is, is none. */
function figureOf({ main, curve }: MainCurve, numbers: ReadonlyMap<string, number>): OverviewCard['figure'] {
  const value = mainValue(main, (name) => numbers.get(name)) ?? curve.newest?.value ?? null;
  return { name: main.name, kind: main.kind, value };
}

function disabledBy({ status, record: { overrides } }: Summary): string | null {
  const by = overrides.changes.enabled?.by;
  if (status !== 'disabled' || overrides.settings.enabled !== false || by === undefined) return null;
  return by.kind === 'user' ? by.name : by.host;
}
