import type { EventList } from '#lib/schemas/event';
import type { HistoryEntry, SeriesWindow } from '#lib/schemas/history';
import { isEventList } from '../events/guard.ts';
import { isFunctionReading, isResultsPage, isSamplePage, isSeriesWindow } from './guards.ts';

/** The path of one function's API. */
export function apiOf(name: string): string {
  return `/api/v1/functions/${encodeURIComponent(name)}`;
}

const PATIENCE_MS = 10_000;

type Answer<T> = { data: T; serverNow: number | null };

async function get<T>(isExpected: (value: unknown) => value is T, url: string): Promise<Answer<T>> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  const data: unknown = await response.json();
  if (!response.ok || !isExpected(data)) throw new Error(`${response.status} from ${url}`);
  const date = Date.parse(response.headers.get('date') ?? '');
  return { data, serverNow: Number.isNaN(date) ? null : date };
}

type Results = { results: HistoryEntry[]; complete: boolean };

export async function fetchResults(name: string, query: Record<string, string>): Promise<Answer<Results>> {
  return await get(isResultsPage, `${apiOf(name)}/results?${new URLSearchParams(query)}`);
}

export async function fetchWindow(name: string, rangeMs: number): Promise<SeriesWindow> {
  return (await get(isSeriesWindow, `${apiOf(name)}/window?range=${rangeMs / 60_000}m`)).data;
}

export async function fetchEvents(name: string, from: number, to?: number): Promise<EventList> {
  const query = new URLSearchParams({
    from: `${Math.floor(from)}`,
    ...(to === undefined ? {} : { to: `${Math.ceil(to)}` }),
  });
  return (await get(isEventList, `${apiOf(name)}/events?${query}`)).data;
}

export async function fetchSample(name: string): Promise<string | null> {
  return (await get(isSamplePage, `${apiOf(name)}/sample`)).data.text;
}

export async function fetchCollectorAlive(name: string): Promise<boolean> {
  return (await get(isFunctionReading, apiOf(name))).data.collectorAlive;
}
