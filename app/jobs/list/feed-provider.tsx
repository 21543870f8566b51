'use client';

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { JobQueue } from '#lib/schemas/job-queue';
import { type FeedView, JobsFeed } from './jobs-feed.ts';

const FeedContext = createContext<JobsFeed | null>(null);

/** Opens the feed for all that is in it. */
export function FeedProvider({ queue, children }: { queue: JobQueue; children: ReactNode }) {
  const [feed] = useState(() => new JobsFeed(queue));
  useEffect(() => feed.open(), [feed]);
  return <FeedContext value={feed}>{children}</FeedContext>;
}

export function useFeed(): JobsFeed {
  const feed = use(FeedContext);
  if (feed === null) throw new Error('there is no feed around this');
  return feed;
}

/** How the queue is now, and whether that is known. */
export function useFeedView(): FeedView {
  const feed = useFeed();
  return useSyncExternalStore(feed.subscribe, feed.view, feed.view);
}
