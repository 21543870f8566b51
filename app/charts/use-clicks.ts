'use client';

import { useEffect, useRef } from 'react';

/** Whoever clicks twice does it within this time. */
const TWICE_MS = 250;

/**
 * One click, unless it is the first of two: what it does would move the page under the second. Where two do nothing, one
 * does not wait.
 */
export function useClicks(twice: (() => void) | null): { click: (once: () => void) => void; doubleClick: () => void } {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(waiting.current), []);
  return {
    click(once) {
      clearTimeout(waiting.current);
      if (twice === null) once();
      else waiting.current = setTimeout(once, TWICE_MS);
    },
    doubleClick() {
      clearTimeout(waiting.current);
      twice?.();
    },
  };
}
