'use client';

import { useEffect, useLayoutEffect, useState, useSyncExternalStore } from 'react';
import { OVERVIEW_RANGES } from '#lib/functions/overview/overview-ranges';
import type { Overview } from '#lib/schemas/overview';
import { type Asked, OverviewFeed, type Reading } from './overview-feed.ts';
import { type OverviewView, overviewParams } from './overview-view.ts';

// There is no layout to wait for on the server.
const useBeforePaint = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/** Keeps an overview up to date. `limit`: functions on a page; `first`: what the server has read for this view. */
export function useOverview(view: OverviewView, first: Overview | null, limit?: number): Reading {
  const asked = askedFor(view, limit);
  const [feed] = useState(() => new OverviewFeed(asked, first));
  const { url, rangeMs } = asked;
  const { isKiosk } = view;
  useBeforePaint(
    () => feed.show({ url, rangeMs }, limit === undefined ? first : null),
    [feed, url, rangeMs, first, limit],
  );
  useEffect(() => {
    const stop = new AbortController();
    void feed.follow(stop.signal, !isKiosk);
    return () => stop.abort();
  }, [feed, isKiosk]);
  const snapshot = () => feed.reading;
  return useSyncExternalStore(feed.subscribe, snapshot, snapshot);
}

function askedFor(view: OverviewView, limit: number | undefined): Asked {
  const params = new URLSearchParams({ range: view.range, ...overviewParams({ ...view, isKiosk: false }) });
  if (limit !== undefined) params.set('limit', String(limit));
  return { url: `/api/v1/overview?${params}`, rangeMs: OVERVIEW_RANGES[view.range] };
}
