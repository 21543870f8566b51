/** The languages of the pages, each under its own name. */
export const LANGUAGES = { en: 'English', 'pt-BR': 'Português' } as const;

export type Language = keyof typeof LANGUAGES;

/** Where a reader's own choice is kept, in the browser. */
export const LANGUAGE_COOKIE = 'language';

const ALL: readonly Language[] = ['en', 'pt-BR'];

/** A language by its exact tag; null when the pages do not speak it. */
export function parseLanguage(tag: string | undefined): Language | null {
  return ALL.find((language) => language === tag) ?? null;
}

/**
 * The language that a browser asks for by `Accept-Language` (RFC 9110, 12.5.4): of those that the pages speak the one it
 * prefers, any kind of Portuguese being better than English for who reads Portuguese; English when it asks for none.
 */
export function preferredLanguage(acceptLanguage: string | null): Language {
  const asked = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { primary: tag.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  for (const { primary } of asked) {
    const spoken = ALL.find((language) => language.toLowerCase().split('-')[0] === primary);
    if (spoken !== undefined) return spoken;
  }
  return 'en';
}
