'use client';

import { type MouseEvent, memo } from 'react';
import type { HistoryEntry } from '#lib/schemas/history';
import { useFailureText } from '../failures/use-failure-text.ts';
import { MISSING } from '../format/numbers.ts';
import { useFormat, useWords } from '../language/use-language.ts';
import { useTimeZone } from '../live/use-time-zone.ts';
import { Icon } from '../ui/line-icon.tsx';
import { JsonText } from './json-text.tsx';
import { cellsOf, type ResultColumn } from './result-columns.ts';
import { resultsWords } from './results-words.ts';

/** Duration, lag, version and time. */
const FIXED_COLUMNS = 4;

type Props = {
  entry: HistoryEntry;
  columns: readonly ResultColumn[];
  cpuNames: readonly string[];
  /** What people call the version. */
  version: string;
  isOpen: boolean;
  isPicked: boolean;
  onToggle: (id: string) => void;
  onPick: (id: string) => void;
};

/** An invocation: a click looks at it, and its result can be unfolded in place. */
export const ResultRow = memo(
  function ResultRow({ entry, columns, cpuNames, version, isOpen, isPicked, onToggle, onPick }: Props) {
    const { id, at, tookMs, lagMs, result, failure } = entry;
    const say = useWords(resultsWords);
    const format = useFormat();
    const why = useFailureText()(failure?.message ?? '');
    const zone = useTimeZone();
    const time = format.clock(at, zone);
    const span = Math.max(1, columns.length);
    // Code that does not load is never called, so nothing took any time.
    const timing = (ms: number) => (failure?.kind === 'init' ? MISSING : format.duration(ms));
    const pick = ({ target }: MouseEvent) => {
      const isSelecting = getSelection()?.isCollapsed === false;
      if (!isSelecting && target instanceof Element && target.closest('button') === null) onPick(id);
    };
    return (
      <>
        <tr className={isPicked ? 'pickable picked' : 'pickable'} onClick={pick}>
          <td>
            {result !== undefined && (
              <button
                type="button"
                className="twist scripted"
                aria-expanded={isOpen}
                aria-label={`JSON, ${time}`}
                onClick={() => onToggle(id)}
              >
                <Icon shape="right" />
              </button>
            )}
            <button type="button" className="tick" aria-label={say.inspect(time)} onClick={() => onPick(id)}>
              <time dateTime={new Date(at).toISOString()}>{time}</time>
            </button>
          </td>
          {result === undefined ? (
            <td className="said cut" colSpan={span} title={why} translate="no">
              {why}
            </td>
          ) : (
            cellsOf(result, columns, cpuNames, format).map((text, index) => (
              <td key={columns[index]?.name} className="num">
                {text}
              </td>
            ))
          )}
          <td className="num">{timing(tookMs)}</td>
          <td className="num">{timing(lagMs)}</td>
          <td>
            <span className="tag mono" title={entry.version} translate="no">
              {version}
            </span>
          </td>
        </tr>
        {isOpen && result !== undefined && (
          <tr>
            <td className="jsonrow" colSpan={span + FIXED_COLUMNS}>
              <JsonText text={result} />
            </td>
          </tr>
        )}
      </>
    );
  },
  // An entry never changes; only what is shown around it draws it again.
  (before, after) =>
    before.entry.id === after.entry.id &&
    before.isOpen === after.isOpen &&
    before.isPicked === after.isPicked &&
    before.version === after.version &&
    sameNames(before.columns, after.columns),
);

function sameNames(a: readonly ResultColumn[], b: readonly ResultColumn[]): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}
