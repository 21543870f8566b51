'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import { type WallRoom, wallRoom } from './wall-room.ts';

/** What fits into an element, as large as it is now; null until it has been measured. */
export function useWallGrid(): { ref: RefObject<HTMLDivElement | null>; room: WallRoom | null } {
  const ref = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<WallRoom | null>(null);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const watcher = new ResizeObserver(() => setRoom(wallRoom(element.getBoundingClientRect())));
    watcher.observe(element);
    return () => watcher.disconnect();
  }, []);
  return { ref, room };
}
