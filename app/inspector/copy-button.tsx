'use client';

import { useState } from 'react';
import { Icon } from '../ui/line-icon.tsx';

const SHOWN_MS = 2_000;

type Props = {
  text: () => string;
  label: string;
  /** Said for a moment after it. */
  done: string;
  /** Shows the label beside the icon. */
  isWide?: boolean;
};

/** Copies a text; not there where the browser lets no page copy. */
export function CopyButton({ text, label, done, isWide = false }: Props) {
  const [isDone, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text());
    setDone(true);
    setTimeout(() => setDone(false), SHOWN_MS);
  };
  const said = isDone ? done : label;
  return (
    <button
      type="button"
      className={isWide ? 'btn quiet' : 'btn quiet square'}
      aria-label={said}
      title={said}
      onClick={() => void copy().catch(() => setDone(false))}
    >
      <Icon shape={isDone ? 'check' : 'copy'} />
      {isWide && said}
    </button>
  );
}
