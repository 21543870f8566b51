'use client';

import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { refetch } from '../live/refetch.ts';
import { Icon } from '../ui/line-icon.tsx';

/** Holds the page still for reading; nothing that comes meanwhile is lost. */
export function PauseButton() {
  const store = useLiveStore();
  const isPaused = useLive(({ paused }) => paused !== null);
  const change = () => {
    if (!isPaused) store.pause();
    else if (store.resume()) void refetch(store);
  };
  const word = isPaused ? 'Resume' : 'Pause';
  return (
    <button
      type="button"
      className={isPaused ? 'btn pause primary scripted' : 'btn pause scripted'}
      onClick={change}
      aria-label={word}
    >
      <Icon shape={isPaused ? 'play' : 'pause'} />
      <span>{word}</span>
    </button>
  );
}
