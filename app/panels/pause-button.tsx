'use client';

import { useFormat, useWords } from '../language/use-language.ts';
import { useLive, useLiveStore } from '../live/live-provider.tsx';
import { refetch } from '../live/refetch.ts';
import { Icon } from '../ui/line-icon.tsx';
import { panelStateWords } from './state-words.tsx';

/** Holds the page still for reading, and tells how many results wait; none of them is lost. */
export function PauseButton() {
  const say = useWords(panelStateWords);
  const store = useLiveStore();
  const { whole } = useFormat();
  const waiting = useLive(({ paused }) => paused?.count ?? null);
  const isPaused = waiting !== null;
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
      aria-label={isPaused ? `${word}, ${say.resultsWait(waiting)}` : word}
      title={isPaused ? say.resultsWait(waiting) : undefined}
    >
      <Icon shape={isPaused ? 'play' : 'pause'} />
      <span>{word}</span>
      {isPaused && <b className="waiting">{whole(waiting)}</b>}
    </button>
  );
}
