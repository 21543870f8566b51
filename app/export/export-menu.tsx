'use client';

import { useState } from 'react';
import { useFrame } from '../charts/use-frame.ts';
import { useWords } from '../language/use-language.ts';
import { useLiveStore } from '../live/live-provider.tsx';
import { apiOf } from '../live/rest.ts';
import { Icon } from '../ui/line-icon.tsx';
import { exportWords } from './words.ts';
import './export.css';

/** All that can be taken away from a live page. The browser opens and closes it, and downloads need no script. */
export function ExportMenu({ wall }: { wall: string }) {
  const say = useWords(exportWords);
  const { name } = useLiveStore();
  const { from, to } = useFrame();
  const query = `from=${Math.floor(from)}&to=${Math.ceil(to)}`;
  return (
    <div className="export">
      <button type="button" className="btn" popoverTarget="export-menu">
        <Icon shape="download" />
        <span>{say.export}</span>
      </button>
      <div id="export-menu" popover="auto" className="menu">
        <p>
          <span>{say.shown}</span>
        </p>
        <a href={`${apiOf(name)}/export.csv?${query}`} download>
          {say.csv}
        </a>
        <a href={`${apiOf(name)}/export.json?${query}`} download>
          {say.json}
        </a>
        <CopyLink from={Math.floor(from)} to={Math.ceil(to)} />
        <button type="button" className="scripted" onClick={() => window.print()}>
          {say.print}
        </button>
        <a href={wall} className="scripted">
          {say.wall}
        </a>
      </div>
    </div>
  );
}

/** A link with fixed times: whoever opens it later sees the same curve. */
function CopyLink({ from, to }: { from: number; to: number }) {
  const say = useWords(exportWords);
  const [outcome, setOutcome] = useState<{ link: string; isCopied: boolean } | null>(null);
  const copy = async () => {
    const url = new URL(location.href);
    url.searchParams.set('from', String(from));
    url.searchParams.set('to', String(to));
    try {
      await navigator.clipboard.writeText(url.href);
      setOutcome({ link: url.href, isCopied: true });
    } catch {
      // Over plain http a page may not copy, but its reader may.
      setOutcome({ link: url.href, isCopied: false });
    }
  };
  return (
    <>
      <button type="button" className="scripted" onClick={() => void copy()}>
        {outcome?.isCopied ? say.copied : say.copyLink}
      </button>
      {outcome?.isCopied === false && (
        <label>
          {say.notCopied}
          <input readOnly value={outcome.link} onFocus={({ target }) => target.select()} />
        </label>
      )}
      <span className="sr" role="status">
        {outcome?.isCopied && say.copied}
      </span>
    </>
  );
}
