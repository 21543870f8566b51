'use client';

import { useEffect, useEffectEvent, useState } from 'react';
import type { MovedJobs } from '#lib/schemas/job-queue';
import { fetchJobs } from '../rest.ts';
import { useFeed } from './feed-provider.tsx';
import { type JobList, type JobQuery, moved, PAGE } from './job-list.ts';

const AGAIN_MS = 2_000;

/** The list that the server sent, and from then on as it is. */
export function useJobList(served: JobList, query: JobQuery): JobList {
  const feed = useFeed();
  const [list, setList] = useState(served);
  const [seen, setSeen] = useState(served);
  if (served !== seen) {
    setSeen(served);
    setList(served);
  }
  const apply = useEffectEvent((moves: MovedJobs) => setList((before) => moved(before, moves, query)));
  const read = useEffectEvent(() => fetchJobs({ ...query, limit: PAGE }));

  useEffect(() => {
    let reading = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // What is told while the list is read may be newer than the list.
    let meanwhile: MovedJobs[] | null = null;
    const reset = async () => {
      clearTimeout(timer);
      const mine = ++reading;
      meanwhile = [];
      const fresh = await read();
      if (mine !== reading) return;
      const later = meanwhile ?? [];
      meanwhile = null;
      if (!fresh.ok) {
        timer = setTimeout(() => void reset(), AGAIN_MS);
        return;
      }
      setList(fresh.data);
      for (const moves of later) apply(moves);
    };
    const leave = feed.tell({
      reset: () => void reset(),
      moved(moves) {
        meanwhile?.push(moves);
        apply(moves);
      },
    });
    return () => {
      reading = -1;
      clearTimeout(timer);
      leave();
    };
  }, [feed]);
  return list;
}
