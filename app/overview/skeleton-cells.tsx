'use client';

import { useWords } from '../language/use-language.ts';
import { overviewWords } from './words.ts';

const CELLS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Functions of which nothing is known yet, in the layout that they will have. */
export function SkeletonCells() {
  const say = useWords(overviewWords);
  return (
    <>
      <p className="sr">{say.loading}</p>
      <div className="cells" aria-hidden="true">
        {CELLS.map((cell) => (
          <div className="cell blank" key={cell}>
            <span className="sk" style={{ width: 120, height: 14 }} />
            <span className="sk" style={{ width: 72, height: 18 }} />
            <span className="grow" />
            <span className="sk" style={{ width: 150 }} />
          </div>
        ))}
      </div>
    </>
  );
}
