import { readOwnFailure } from '#lib/functions/failure-sentences';
import { formatFor } from '../format/format-for.ts';
import type { Language } from '../language/languages.ts';
import { failureWords } from './words.ts';

/** Why something failed: Vigia's own sentences in the reader's language, all others as they were said. */
export function failureText(message: string, language: Language): string {
  const failure = readOwnFailure(message);
  if (failure === null) return message;
  const say = failureWords[language];
  if (failure.is === 'timeout') return say.timedOut(formatFor(language).withDigits(failure.seconds, failure.digits));
  const ended = failure.is === 'exited' ? say.exited(failure.code) : say.killed(failure.signal);
  return failure.isLoading ? say.whileLoading(ended) : ended;
}
