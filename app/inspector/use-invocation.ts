'use client';

import useSWR, { mutate as keep } from 'swr';
import type { HistoryBucket } from '#lib/schemas/history';
import type { Invocation } from '#lib/schemas/invocation';
import { apiOf } from '../live/rest.ts';
import { isBucket, isInvocation } from './guard.ts';

const PATIENCE_MS = 10_000;
/** The record of a tick comes up to a second after it; one that has not come by then does not come any more. */
const RECORD_MS = 1_000;
const TOO_LATE_MS = 10_000;

type Reading<T> = {
  /** Undefined while it is on its way, null when nothing is kept. */
  data: T | null | undefined;
  hasFailed: boolean;
  again: () => void;
};

/** An invocation by its id, or by a time the one that is nearest to it; null for none. */
export function useInvocation(name: string, tick: string | null, first?: Invocation | null): Reading<Invocation> {
  const url = tick === null ? null : urlOf(name, tick);
  const { data, error, mutate } = useSWR(url, read(isInvocation), {
    ...(first === undefined ? {} : { fallbackData: first }),
    revalidateOnFocus: false,
    revalidateIfStale: first === undefined,
    refreshInterval: (known) => (isComing(known) ? RECORD_MS : 0),
  });
  return { data, hasFailed: error !== undefined, again: () => void mutate() };
}

/** Remembers an invocation that was found by a time under its id, so that nothing flickers when the address names that. */
export async function keepByItsId(name: string, invocation: Invocation): Promise<void> {
  await keep(urlOf(name, invocation.id), invocation, { revalidate: false });
}

function urlOf(name: string, tick: string): string {
  return `${apiOf(name)}/${tick.includes('-') ? `invocations/${tick}` : `nearest-invocation?at=${tick}`}`;
}

/** All invocations around a time together; null for none. */
export function useBucket(name: string, at: number | null): Reading<HistoryBucket> {
  const url = at === null ? null : `${apiOf(name)}/bucket?at=${at}`;
  const { data, error, mutate } = useSWR(url, read(isBucket), { revalidateOnFocus: false });
  return { data, hasFailed: error !== undefined, again: () => void mutate() };
}

/** Whether there will be more of it than its history entry. */
export function isComing(known: Invocation | null | undefined): boolean {
  return known?.isComplete === false && Math.abs(Date.now() - known.startedAt) < TOO_LATE_MS;
}

const read =
  <T>(isExpected: (value: unknown) => value is T) =>
  async (url: string): Promise<T | null> => {
    const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status === 404) return null;
    const data: unknown = await response.json();
    if (!response.ok || !isExpected(data)) throw new Error(`${response.status} from ${url}`);
    return data;
  };
