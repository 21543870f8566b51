'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { type Followed, JobFollower, type ServedJob } from './job-follower.ts';

/** A job from how the server sent it on; another job is another component. */
export function useFollower(served: ServedJob): Followed {
  const [follower] = useState(() => new JobFollower(served));
  useEffect(() => follower.open(), [follower]);
  return useSyncExternalStore(follower.subscribe, follower.now, follower.now);
}
