import type { TryRun } from '#lib/schemas/try';
import { useWords } from '../language/use-language.ts';
import { tryWords } from './try-words.tsx';

/** What the code printed while it was tried. */
export function TryLog({ log, linesLeftOut }: Pick<TryRun, 'log' | 'linesLeftOut'>) {
  const say = useWords(tryWords);
  if (log.length === 0) return <p className="none">{say.printedNothing}</p>;
  return (
    <ol className="log">
      {linesLeftOut > 0 && <li className="dim">{say.leftOut(linesLeftOut)}</li>}
      {log.map(({ stream, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity, and never move.
        <li key={index} translate="no">
          <span className="dim">{stream === 'stderr' ? 'ERR' : 'OUT'}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
