'use client';

import { type RefObject, useEffect, useRef } from 'react';

type Doings = { close: () => void; previous: () => void; next: () => void };

/** Escape closes from anywhere, as far as nothing else is to be closed first; the arrows step while the focus is in here. */
export function useKeys(panel: RefObject<HTMLElement | null>, doings: Doings): void {
  const newest = useRef(doings);
  newest.current = doings;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (key === 'Escape' && document.querySelector('dialog[open], :popover-open') === null)
        return newest.current.close();
      if (!(target instanceof Element) || !panel.current?.contains(target) || scrolls(target)) return;
      if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
      event.preventDefault();
      newest.current[key === 'ArrowLeft' ? 'previous' : 'next']();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [panel]);
}

/** The arrows have a meaning of their own there. */
function scrolls(target: Element): boolean {
  const { scrollWidth, clientWidth } = target;
  return target.matches('pre, .scroll') && scrollWidth > clientWidth;
}
