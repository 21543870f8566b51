'use client';

import { type MouseEvent, useState } from 'react';
import { useWords } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { exportWords } from './words.ts';

/** Saves the chart of the panel that it stands in as a picture; what draws it is loaded when somebody wants one. */
export function PngButton({ title }: { title: string }) {
  const say = useWords(exportWords);
  const { name } = useLiveStore();
  const [hasFailed, setFailed] = useState(false);
  const save = async ({ currentTarget }: MouseEvent<HTMLButtonElement>) => {
    const panel = currentTarget.closest<HTMLElement>('.panel');
    if (panel === null) return;
    try {
      const { savePng } = await import('./save-png.ts');
      await savePng(panel, name);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  };
  const label = hasFailed ? say.pngFailed : say.png(title);
  return (
    <button
      type="button"
      className="btn quiet square png scripted"
      onClick={(event) => void save(event)}
      aria-label={label}
      title={label}
    >
      <Icon shape={hasFailed ? 'warning' : 'image'} />
    </button>
  );
}
