'use client';

import { useState } from 'react';
import { Icon } from './line-icon.tsx';

/** A command to type, with a button that copies it. */
export function CopyCommand({ command }: { command: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(command);
    setCopied(true);
    setTimeout(() => setCopied(false), 2_000);
  };
  return (
    <div className="copy">
      <code>{command}</code>
      <button
        type="button"
        className="btn quiet square scripted"
        onClick={() => void copy()}
        aria-label={copied ? 'Copied' : 'Copy command'}
        title={copied ? 'Copied' : 'Copy command'}
      >
        <Icon shape={copied ? 'check' : 'copy'} />
      </button>
    </div>
  );
}
