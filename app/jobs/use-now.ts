'use client';

import { useEffect, useMemo, useState } from 'react';

/** The server's time, looked at every so often; at first as the server said it, so that both sides write the same. */
export function useNow(served: number, everyMs: number): number {
  // This machine's clock may be another one: only what passes on it counts.
  const behind = useMemo(() => served - Date.now(), [served]);
  const [now, setNow] = useState(served);
  useEffect(() => {
    const look = () => setNow(Date.now() + behind);
    const timer = setInterval(look, everyMs);
    return () => clearInterval(timer);
  }, [behind, everyMs]);
  return Math.max(now, served);
}
