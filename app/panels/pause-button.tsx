'use client';

import { useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { refetch } from '../live/refetch.ts';
import { Icon } from '../ui/line-icon.tsx';
import { panelStateWords } from './state-words.tsx';

/** Holds the page still for reading; nothing that comes meanwhile is lost. */
export function PauseButton() {
  const say = useWords(panelStateWords);
  const store = useLiveStore();
  const isPaused = useLive(({ paused }) => paused !== null);
  const change = () => {
    if (!isPaused) store.pause();
    else if (store.resume()) void refetch(store);
  };
  const word = isPaused ? say.resume : say.pause;
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
