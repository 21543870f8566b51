'use client';

import { useRef, useState } from 'react';
import { useWords } from '../language/use-language.ts';
import { Icon } from './line-icon.tsx';
import { uiWords } from './words.ts';

type Copied = 'command' | 'password' | 'token';

const SHOWN_MS = 2_000;

/** A command to type, with a button that copies it, or marks it where the browser forbids a page to copy. */
export function CopyCommand({ command, what = 'command' }: { command: string; what?: Copied }) {
  const say = useWords(uiWords);
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
      <code ref={text} translate="no">
        {command}
      </code>
      <button
        type="button"
        className="btn quiet square scripted"
        onClick={() => void copy()}
        aria-label={copied ? say.copied : say.copy[what]}
        title={copied ? say.copied : say.copy[what]}
      >
        <Icon shape={copied ? 'check' : 'copy'} />
      </button>
    </div>
  );
}
