import type { Language } from '../language/languages.ts';
import { numbersFor } from './numbers.ts';
import { type TimeWords, timesFor } from './times.ts';

export type Format = ReturnType<typeof numbersFor> & ReturnType<typeof timesFor>;

/** American numbers, of which more people know what "1.93B" is, and British times, since they have 24 hours. */
const LOCALES = {
  en: { numbers: 'en-US', times: 'en-GB' },
  'pt-BR': { numbers: 'pt-BR', times: 'pt-BR' },
} as const satisfies Record<Language, { numbers: string; times: string }>;

const WORDS = {
  en: { today: (time) => `today ${time}`, ago: (span) => `${span} ago` },
  'pt-BR': { today: (time) => `hoje ${time}`, ago: (span) => `há ${span}` },
} satisfies Record<Language, TimeWords>;

const known = new Map<Language, Format>();

/** How numbers and times are written in a language; the same on the server and in the browser. */
export function formatFor(language: Language): Format {
  const made = known.get(language) ?? make(language);
  known.set(language, made);
  return made;
}

function make(language: Language): Format {
  const { numbers, times } = LOCALES[language];
  return { ...numbersFor(numbers), ...timesFor(times, WORDS[language]) };
}
