'use client';

import { useLanguage } from '../language/use-language.ts';
import { failureText } from './failure-text.ts';

/** Puts failures into the reader's language, as far as they are Vigia's own words. */
export function useFailureText(): (message: string) => string {
  const language = useLanguage();
  return (message) => failureText(message, language);
}
