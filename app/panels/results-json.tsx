'use client';

import type { HistoryEntry } from '#lib/schemas/history';
import { LocalTime } from '../ui/local-time.tsx';
import { JsonText } from './json-text.tsx';

/** Each result as it was written to the output key. */
export function ResultsJson({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <ol className="said-json">
      {entries.map(({ id, at, result, failure }) => (
        <li key={id}>
          <h3 className="small">
            <LocalTime at={at} />
          </h3>
          {result === undefined ? <p className="json bad-t">{failure?.message}</p> : <JsonText text={result} />}
        </li>
      ))}
    </ol>
  );
}
