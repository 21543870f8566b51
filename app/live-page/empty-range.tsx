import { pageFormat, pageWords } from '../language/page-language.ts';
import { PulseLine } from '../ui/pulse-line.tsx';
import { LONGEST_DAYS } from './fixed-range.ts';
import { livePageWords } from './words.ts';

/** A range that does not move, and in which nothing is known. */
export async function EmptyRange() {
  const say = await pageWords(livePageWords);
  const { whole } = await pageFormat();
  return (
    <section className="panel empty" aria-label={say.nothingThen}>
      <PulseLine />
      <h2>{say.nothingThen}</h2>
      <p className="sub">{say.nothingThenWhy(whole(LONGEST_DAYS - 1))}</p>
    </section>
  );
}
