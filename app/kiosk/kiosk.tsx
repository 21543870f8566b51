'use client';

import { type ReactNode, useEffect, useState } from 'react';
import '../styles/kiosk.css';
import { useWords } from '../language/use-language.ts';
import { keepUpToDate } from './keep-up-to-date.ts';
import { kioskWords } from './words.ts';

/** The pointer is in the way after so long without a move. */
const IDLE_MS = 3_000;

/** A page on a wall: nothing but what it shows. Escape, or the link that a moving pointer brings, leaves it. */
export function Kiosk({ leave, children }: { leave: string; children: ReactNode }) {
  const say = useWords(kioskWords);
  const isIdle = useIdle();
  useEffect(() => {
    const stop = new AbortController();
    const leaveByKey = ({ key, defaultPrevented }: KeyboardEvent) => {
      if (key === 'Escape' && !defaultPrevented) location.assign(leave);
    };
    window.addEventListener('keydown', leaveByKey, { signal: stop.signal });
    void keepUpToDate(stop.signal);
    return () => stop.abort();
  }, [leave]);
  return (
    <div className="kiosk" data-idle={isIdle || undefined}>
      {children}
      <nav className="kiosk-leave" aria-label={say.wall}>
        <a className="btn" href={leave}>
          {say.leave}
        </a>
      </nav>
    </div>
  );
}

function useIdle(): boolean {
  const [isIdle, setIdle] = useState(true);
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const moved = () => {
      setIdle(false);
      clearTimeout(timer);
      timer = setTimeout(() => setIdle(true), IDLE_MS);
    };
    for (const event of ['pointermove', 'pointerdown', 'keydown', 'focusin']) {
      window.addEventListener(event, moved, { signal: stop.signal, passive: true });
    }
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, []);
  return isIdle;
}
