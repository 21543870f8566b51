import type * as z from 'zod';
import { functionReading, resultsPage, samplePage } from '#lib/schemas/api';
import { type SeriesWindow, seriesWindow } from '#lib/schemas/history';

/** The path of one function's API. */
export function apiOf(name: string): string {
  return `/api/v1/functions/${encodeURIComponent(name)}`;
}

type Answer<T> = { data: T; serverNow: number | null };

async function get<T>(schema: z.ZodType<T>, url: string): Promise<Answer<T>> {
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(10_000) });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  const date = Date.parse(response.headers.get('date') ?? '');
  return { data: schema.parse(await response.json()), serverNow: Number.isNaN(date) ? null : date };
}

export async function fetchResults(name: string, query: Record<string, string>) {
  return await get(resultsPage, `${apiOf(name)}/results?${new URLSearchParams(query)}`);
}

export async function fetchWindow(name: string, rangeMs: number): Promise<SeriesWindow> {
  return (await get(seriesWindow, `${apiOf(name)}/window?range=${rangeMs / 60_000}m`)).data;
}

export async function fetchSample(name: string): Promise<string | null> {
  return (await get(samplePage, `${apiOf(name)}/sample`)).data.text;
}

export async function fetchReading(name: string) {
  return (await get(functionReading, apiOf(name))).data;
}
