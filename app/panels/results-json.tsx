'use client';

import type { HistoryEntry } from '#lib/schemas/history';
import { useFailureText } from '../failures/use-failure-text.ts';
import { useFormat } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { JsonText } from './json-text.tsx';

/** Each result as it was written to the output key. */
export function ResultsJson({ entries }: { entries: readonly HistoryEntry[] }) {
  const textOf = useFailureText();
  const { clock } = useFormat();
  const zone = useTimeZone();
  return (
    <ol className="said-json">
      {entries.map(({ id, at, result, failure }) => (
        <li key={id}>
          <h3 className="small">
            <time dateTime={new Date(at).toISOString()}>{clock(at, zone)}</time>
          </h3>
          {result === undefined ? (
            <p className="json bad-t" translate="no">
              {textOf(failure?.message ?? '')}
            </p>
          ) : (
            <JsonText text={result} />
          )}
        </li>
      ))}
    </ol>
  );
}
