import type { TryRun } from '#lib/schemas/try';
import { counted } from '../format/number.ts';

/** What the code printed while it was tried. */
export function TryLog({ log, linesLeftOut }: Pick<TryRun, 'log' | 'linesLeftOut'>) {
  if (log.length === 0) return <p className="none">It printed nothing.</p>;
  return (
    <ol className="log">
      {linesLeftOut > 0 && <li className="dim">{counted(linesLeftOut, 'earlier line')} left out</li>}
      {log.map(({ stream, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other identity, and never move.
        <li key={index}>
          <span className="dim">{stream === 'stderr' ? 'ERR' : 'OUT'}</span>
          <span>{text}</span>
        </li>
      ))}
    </ol>
  );
}
