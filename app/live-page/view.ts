import { parseTick } from '../live/tick.ts';

const MINUTE = 60_000;

export const RANGES = [
  { label: '5m', words: '5 min', ms: 5 * MINUTE },
  { label: '15m', words: '15 min', ms: 15 * MINUTE },
  { label: '1h', words: '1 h', ms: 60 * MINUTE },
  { label: '2h', words: '2 h', ms: 120 * MINUTE },
] as const;
const [, DEFAULT_RANGE] = RANGES;

export type Range = (typeof RANGES)[number];

/** What of a live page its address tells. */
export type View = {
  path: string;
  range: Range;
  results: 'table' | 'json';
  charts: 'some' | 'all';
  tick: string | null;
};

export type SearchParams = Record<string, string | string[] | undefined>;

/** Reads an address; what it does not know it takes as not given, so that an old link still works. */
export function parseView(path: string, search: SearchParams): View {
  return {
    path,
    range: RANGES.find(({ label }) => label === search.range) ?? DEFAULT_RANGE,
    results: search.view === 'json' ? 'json' : 'table',
    charts: search.charts === 'all' ? 'all' : 'some',
    tick: typeof search.tick === 'string' ? parseTick(search.tick) : null,
  };
}

/** The address of a view. */
export function hrefOf({ path, range, results, charts }: View): string {
  const query = new URLSearchParams();
  if (range !== DEFAULT_RANGE) query.set('range', range.label);
  if (results !== 'table') query.set('view', results);
  if (charts !== 'some') query.set('charts', charts);
  return query.size === 0 ? path : `${path}?${query}`;
}

/** How a range is called inside a sentence: "15 min". */
export function rangeInWords(rangeMs: number): string {
  return RANGES.find(({ ms }) => ms === rangeMs)?.words ?? `${Math.round(rangeMs / MINUTE)} min`;
}
