import 'server-only';
import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import { type Format, formatFor } from '../format/format-for.ts';
import { LANGUAGE_COOKIE, type Language, parseLanguage, preferredLanguage } from './languages.ts';
import type { Words } from './words.ts';

/** The language of this page: what the reader chose, else what the browser asks for. */
export const pageLanguage = cache(async (): Promise<Language> => {
  const chosen = parseLanguage((await cookies()).get(LANGUAGE_COOKIE)?.value);
  return chosen ?? preferredLanguage((await headers()).get('accept-language'));
});

/** As `useWords`, for what only the server writes. */
export async function pageWords<T>(texts: Words<T>): Promise<T> {
  return texts[await pageLanguage()];
}

/** As `useFormat`, for what only the server writes. */
export async function pageFormat(): Promise<Format> {
  return formatFor(await pageLanguage());
}
