'use client';

import { useRouter } from 'next/navigation';
import type { ChangeEvent } from 'react';
import { LANGUAGE_COOKIE, LANGUAGES, parseLanguage } from '../language/languages.ts';
import { useLanguage } from '../language/use-language.ts';
import { Icon } from './line-icon.tsx';

/** Changes the language of the pages. Each language is called by its own name, for who reads no other. */
export function LanguageMenu() {
  const language = useLanguage();
  const router = useRouter();
  const change = ({ target }: ChangeEvent<HTMLSelectElement>) => {
    const chosen = parseLanguage(target.value);
    if (chosen === null) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing over plain http.
    document.cookie = `${LANGUAGE_COOKIE}=${chosen}; path=/; max-age=31536000; samesite=lax`;
    router.refresh();
  };
  return (
    <label className="language-menu scripted" translate="no">
      <Icon shape="globe" />
      <span className="sr">Language, idioma</span>
      <select value={language} onChange={change}>
        {Object.entries(LANGUAGES).map(([tag, name]) => (
          <option key={tag} value={tag} lang={tag}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
