'use client';

import { useState } from 'react';
import { useWords } from '../language/use-language.ts';
import { Icon } from './line-icon.tsx';
import { type Theme, themeAfter } from './theme.ts';
import { uiWords } from './words.ts';

const SHAPE = { system: 'system', light: 'sun', dark: 'moon' } as const;

/** Goes from the system's theme to light to dark; the cookie lets the server send the next page in it. */
export function ThemeToggle({ served }: { served: Theme }) {
  const [theme, setTheme] = useState(served);
  const label = useWords(uiWords).theme(theme);
  const change = () => {
    const next = themeAfter(theme);
    setTheme(next);
    if (next === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http.
    document.cookie = `theme=${next}; path=/; max-age=31536000; samesite=lax`;
  };
  return (
    <button type="button" className="btn quiet square scripted" onClick={change} title={label} aria-label={label}>
      <Icon shape={SHAPE[theme]} />
    </button>
  );
}
