import type { OverviewCard } from '#lib/schemas/overview';
import type { Format } from '../format/format-for.ts';
import type { overviewWords } from './words.ts';

type Say = (typeof overviewWords)['en'];
type Spoken = { say: Say; textOf: (message: string) => string; format: Pick<Format, 'span' | 'whole'> };

/** What is wrong, in the words of who says it; null when nothing is. */
export function problemOf(card: OverviewCard, now: number, { say, textOf, format }: Spoken): string | null {
  const { status, failure } = card;
  if (status === 'stale') {
    // What it failed with stays worth knowing while nothing runs it any more.
    const parts = [whyOld(card, now, { say, format }), failure && textOf(failure.message)].filter(
      (part) => typeof part === 'string',
    );
    return parts.length === 0 ? null : parts.join(' · ');
  }
  if (failure === null) return null;
  const { inARow, retryAt } = failure;
  const message = textOf(failure.message);
  return retryAt !== null && retryAt > now
    ? say.retryIn(message, format.span(retryAt - now))
    : say.failedTicks(message, inARow === 1, format.whole(inARow));
}

function whyOld(
  { staleCause, dataAt, inputKey }: OverviewCard,
  now: number,
  { say, format }: Omit<Spoken, 'textOf'>,
): string | null {
  if (staleCause === 'nothing-runs') return say.nothingRuns;
  if (staleCause === null || dataAt === null) return null;
  const span = format.span(now - dataAt);
  return staleCause === 'unchanged' ? say.notChanged(inputKey, span) : say.noResultFor(span);
}
