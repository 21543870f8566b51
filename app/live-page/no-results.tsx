import { pageWords } from '../language/page-language.ts';
import { livePageWords } from './words.ts';

/** In place of the results of a range that is older than any single one. */
export async function NoResults() {
  const say = await pageWords(livePageWords);
  return (
    <section className="panel" aria-label={say.noResults}>
      <div className="head">
        <h2>{say.noResults}</h2>
      </div>
      <p className="head dim">{say.noResultsWhy}</p>
    </section>
  );
}
