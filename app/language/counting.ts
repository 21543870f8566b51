import { formatFor } from '../format/format-for.ts';
import type { Language } from './languages.ts';

/** Counts things in a language's words: "1 tick", "11 ticks". */
export function counting(language: Language) {
  const { whole } = formatFor(language);
  return (count: number, one: string, many: string): string => `${whole(count)} ${count === 1 ? one : many}`;
}
