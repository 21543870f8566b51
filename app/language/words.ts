import type { Language } from './languages.ts';

/** What a part of the pages says, in every language. A text with something in it is a function of that. */
export type Words<T> = Readonly<Record<Language, T>>;

/**
 * Keeps the words of one folder together, beside the components that say them. The English ones tell which words there
 * are and what is put into them; another language that lacks one does not compile.
 */
export function words<T>(texts: { en: T; 'pt-BR': NoInfer<T> }): Words<T> {
  return texts;
}
