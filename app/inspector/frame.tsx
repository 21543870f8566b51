'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../language/use-language.ts';
import { usePicked } from '../live/picked.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { useKeys } from './use-keys.ts';
import { inspectorWords } from './words.ts';

type Props = { title: string; previous: string | null; next: string | null; children: ReactNode };

/** The inspector's own place: from one tick to the next and out again, with buttons and keys. */
export function Frame({ title, previous, next, children }: Props) {
  const say = useWords(inspectorWords);
  const { pick, step } = usePicked();
  const panel = useRef<HTMLElement>(null);
  useArrival(panel);
  useKeys(panel, {
    close: () => pick(null),
    previous: () => previous !== null && step(previous),
    next: () => next !== null && step(next),
  });
  return (
    <aside ref={panel} className="panel inspector scripted" aria-labelledby="tick" tabIndex={-1}>
      <div className="head line">
        <h2 id="tick">{title}</h2>
        <div className="grow" />
        <Step label={say.previous} shape="left" to={previous} />
        <Step label={say.next} shape="right" to={next} />
        <button
          type="button"
          className="btn quiet square"
          aria-label={say.close}
          title={say.close}
          onClick={() => pick(null)}
        >
          <Icon shape="close" />
        </button>
      </div>
      {children}
    </aside>
  );
}

function Step({ label, shape, to }: { label: string; shape: 'left' | 'right'; to: string | null }) {
  const { step } = usePicked();
  return (
    <button
      type="button"
      className="btn quiet square"
      aria-label={label}
      title={label}
      // A button that is disabled would lose the focus at the last tick.
      aria-disabled={to === null}
      onClick={() => to !== null && step(to)}
    >
      <Icon shape={shape} />
    </button>
  );
}

/** Takes the focus when a reader opens it, and gives it back when it goes; not where the page is opened with it. */
function useArrival(panel: { current: HTMLElement | null }): void {
  useEffect(() => {
    const before = document.activeElement;
    if (!(before instanceof HTMLElement) || before === document.body) return;
    panel.current?.focus({ preventScroll: true });
    panel.current?.scrollIntoView({ block: 'nearest' });
    return () => {
      // A reader who has gone elsewhere stays there.
      if (document.activeElement === document.body) before.focus({ preventScroll: true });
    };
  }, [panel]);
}
