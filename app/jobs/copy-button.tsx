'use client';

import { useState } from 'react';
import { useWords } from '../language/use-language.ts';
import { Icon } from '../ui/line-icon.tsx';
import { jobWords } from './words.ts';

const SHOWN_MS = 2_000;

/** Copies a text, which may have to be fetched; `failed` where the browser forbids it, or nothing came. */
export function CopyButton({ text, failed }: { text: () => string | Promise<string>; failed: () => void }) {
  const say = useWords(jobWords);
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(await text());
      setCopied(true);
      setTimeout(() => setCopied(false), SHOWN_MS);
    } catch {
      failed();
    }
  };
  return (
    <button type="button" className="btn quiet scripted" onClick={() => void copy()}>
      <Icon shape={isCopied ? 'check' : 'copy'} />
      <span role="status">{isCopied ? say.copied : say.copy}</span>
    </button>
  );
}
