'use client';

import { createContext, use } from 'react';
import { type Format, formatFor } from '../format/format-for.ts';
import type { Language } from './languages.ts';
import type { Words } from './words.ts';

/** The language that the server wrote the page in. */
export const LanguageContext = createContext<Language>('en');

export function useLanguage(): Language {
  return use(LanguageContext);
}

/** The words of the reader's language. */
export function useWords<T>(texts: Words<T>): T {
  return texts[useLanguage()];
}

/** How numbers and times are written in the reader's language. */
export function useFormat(): Format {
  return formatFor(useLanguage());
}
