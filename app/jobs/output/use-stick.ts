'use client';

import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';

const NEAR_PX = 24;

type Stick = {
  /** What scrolls, and what grows in it. */
  frame: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isSticking: boolean;
  stick: (is: boolean) => void;
};

/** Keeps the end of what grows in view, until the reader scrolls away from it; scrolled to the end, it is kept there again. */
export function useStick(initially: boolean): Stick {
  const frame = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [isSticking, setSticking] = useState(initially);
  const toEnd = useEffectEvent(() => {
    if (isSticking && frame.current !== null) frame.current.scrollTop = frame.current.scrollHeight;
  });

  // Whatever makes it grow: more output, another width, or a chunk that is laid out at last.
  useEffect(() => {
    const { current: element } = content;
    if (element === null) return;
    const sizes = new ResizeObserver(() => toEnd());
    sizes.observe(element);
    return () => sizes.disconnect();
  }, []);

  useEffect(() => {
    const { current: element } = frame;
    if (element === null) return;
    let top = element.scrollTop;
    const look = () => {
      const isBack = element.scrollTop < top;
      top = element.scrollTop;
      const isAtEnd = element.scrollHeight - element.clientHeight - top < NEAR_PX;
      // What grows moves the end away without anybody having scrolled.
      if (isAtEnd) setSticking(true);
      else if (isBack) setSticking(false);
    };
    element.addEventListener('scroll', look, { passive: true });
    return () => element.removeEventListener('scroll', look);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for, it goes to the end at once.
  useLayoutEffect(() => toEnd(), [isSticking]);
  return { frame, content, isSticking, stick: setSticking };
}
