import type { OverviewQuery, OverviewRange, OverviewSort, Standing } from '#lib/schemas/overview';
import type { SearchParams } from '../live-page/view.ts';

/** What of the overview its address tells. */
export type OverviewView = Pick<OverviewQuery, 'q' | 'state' | 'sort' | 'range' | 'page'> & { isKiosk: boolean };

export const SORTS: readonly OverviewSort[] = ['failing', 'name', 'slowest', 'changed'];
export const RANGES: readonly OverviewRange[] = ['15m', '1h', '24h'];
export const STATES_SHOWN: readonly Standing[] = ['failing', 'stale', 'waiting', 'running', 'disabled'];
/** How each count looks. */
export const COUNT_TONES = {
  failing: 'bad',
  stale: 'warn',
  waiting: 'idle',
  running: 'ok',
  disabled: 'idle',
} as const satisfies Record<Standing, string>;

const LONGEST = 100;

/** Reads an address; what it does not know it takes as not given, so that an old link still works. */
export function parseOverviewView(search: SearchParams): OverviewView {
  const page = Number(search.page);
  return {
    q: typeof search.q === 'string' ? search.q.slice(0, LONGEST) : '',
    state: STATES_SHOWN.find((state) => state === search.state),
    sort: SORTS.find((sort) => sort === search.sort) ?? 'failing',
    range: RANGES.find((range) => range === search.range) ?? '15m',
    page: Number.isInteger(page) && page > 1 && page < 1e6 ? page : 1,
    isKiosk: search.kiosk !== undefined,
  };
}

/** What of a view is not as usual, by the names that the address has for it. */
export function overviewParams({ q, state, sort, range, page, isKiosk }: OverviewView): Record<string, string> {
  return {
    ...(q.trim() === '' ? {} : { q }),
    ...(state === undefined ? {} : { state }),
    ...(sort === 'failing' ? {} : { sort }),
    ...(range === '15m' ? {} : { range }),
    ...(page === 1 ? {} : { page: String(page) }),
    ...(isKiosk ? { kiosk: '' } : {}),
  };
}

export function overviewHref(view: OverviewView): string {
  const query = new URLSearchParams(overviewParams(view)).toString().replace(/\bkiosk=(?=&|$)/, 'kiosk');
  return query === '' ? '/' : `/?${query}`;
}
