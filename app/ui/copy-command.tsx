'use client';

import { useRef, useState } from 'react';
import { Icon } from './line-icon.tsx';

const SHOWN_MS = 2_000;

/** A command to type, with a button that copies it, or marks it where the browser forbids a page to copy. */
export function CopyCommand({ command, what = 'command' }: { command: string; what?: string }) {
  const text = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      if (text.current !== null) getSelection()?.selectAllChildren(text.current);
    }
  };
  return (
    <div className="copy">
      <code ref={text}>{command}</code>
      <button
        type="button"
        className="btn quiet square scripted"
        onClick={() => void copy()}
        aria-label={copied ? 'Copied' : `Copy ${what}`}
        title={copied ? 'Copied' : `Copy ${what}`}
      >
        <Icon shape={copied ? 'check' : 'copy'} />
      </button>
    </div>
  );
}
