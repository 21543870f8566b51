import { formatFor } from '../format/format-for.ts';
import type { Language } from '../language/languages.ts';
import { sentence } from '../language/sentence.ts';
import { IN_WORDS, type Refusal, type Wrong } from './refusal.ts';
import { formWords } from './words.ts';

/** A sentence, and its language where that is not the page's: the API's own words are English. */
export type Told = { text: string; lang?: 'en' };

/** What is wrong with a field, by the code of its rule; by the API's own words where the page has none for it. */
export function wrongTold(path: string, { code, limit, message }: Wrong, language: Language): Told {
  const { rules, formats } = formWords[language];
  if (code === IN_WORDS || (language === 'en' && message !== '')) return { text: sentence(message) };
  const isFormat = code === 'wrong_format' || code === 'not_whole';
  const format = isFormat && Object.hasOwn(formats, path) ? formats[path] : undefined;
  if (format !== undefined) return { text: format };
  const rule = isRule(code, rules) ? rules[code] : undefined;
  if (rule !== undefined) return { text: rule(limitTold(path, limit, language)) };
  return asItWasSaid(message, language);
}

/** Why it was refused: in words of this language, and then what the API adds to that. */
export function refusalTold({ status, code, detail }: Refusal, language: Language): Told[] {
  const { noAnswer, answered, refusals } = formWords[language];
  if (code === 'no_answer') return [{ text: noAnswer }];
  if (code === IN_WORDS) return [{ text: detail }];
  if (detail === '') return [{ text: answered(status) }];
  const known = isRule(code, refusals) ? refusals[code] : undefined;
  if (known === undefined) return [asItWasSaid(detail, language)];
  return SAYS_IT_ALL.has(code) ? [{ text: known }] : [{ text: known }, asItWasSaid(detail, language)];
}

/** Codes that leave nothing to add. */
const SAYS_IT_ALL: ReadonlySet<string> = new Set(['unauthenticated', 'exists', 'conflict', 'busy', 'internal']);

function asItWasSaid(text: string, language: Language): Told {
  return language === 'en' ? { text: sentence(text) } : { text: sentence(text), lang: 'en' };
}

/** By the ending that durations have everywhere: `periodMs` is written in seconds. */
function limitTold(path: string, limit: number | undefined, language: Language): string {
  const { decimal, whole } = formatFor(language);
  if (limit === undefined) return '';
  return path.endsWith('Ms') ? `${decimal(limit / 1_000)} s` : whole(limit);
}

function isRule<T extends object>(code: string, texts: T): code is string & keyof T {
  return Object.hasOwn(texts, code);
}
