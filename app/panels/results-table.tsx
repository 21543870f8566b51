'use client';

import { memo, useState } from 'react';
import type { HistoryEntry } from '#lib/schemas/history';
import { duration } from '../format/number.ts';
import { useLive } from '../live/live-provider.tsx';
import { Icon } from '../ui/line-icon.tsx';
import { LocalTime } from '../ui/local-time.tsx';
import { JsonText } from './json-text.tsx';
import { cellsOf, columnsFor, type ResultColumn } from './result-columns.ts';

/** Duration, lag, version and time. */
const FIXED_COLUMNS = 4;

export function ResultsTable({ entries }: { entries: readonly HistoryEntry[] }) {
  const groups = useLive((store) => store.series.groups);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const columns = columnsFor(groups);
  const cpuNames = groups.cpus[0]?.series.map(({ name }) => name) ?? [];
  const toggle = (id: string) => {
    setOpen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  };
  return (
    <div className="scroll">
      <table className="tbl" aria-label="Results">
        <thead>
          <tr>
            <th>Time</th>
            {columns.map(({ name, label }) => (
              <th key={name} className="num">
                {label}
              </th>
            ))}
            <th className="num">Duration</th>
            <th className="num">Lag</th>
            <th>Version</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <Row
              key={entry.id}
              entry={entry}
              columns={columns}
              cpuNames={cpuNames}
              isOpen={open.has(entry.id)}
              onToggle={toggle}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = {
  entry: HistoryEntry;
  columns: readonly ResultColumn[];
  cpuNames: readonly string[];
  isOpen: boolean;
  onToggle: (id: string) => void;
};

const Row = memo(
  function Row({ entry, columns, cpuNames, isOpen, onToggle }: RowProps) {
    const { id, at, tookMs, lagMs, version, result, failure } = entry;
    return (
      <>
        <tr>
          <td>
            {result !== undefined && (
              <button
                type="button"
                className="twist scripted"
                aria-expanded={isOpen}
                aria-label="Show JSON"
                onClick={() => onToggle(id)}
              >
                <Icon shape="right" />
              </button>
            )}
            <LocalTime at={at} />
          </td>
          {result === undefined ? (
            <td className="said cut" colSpan={Math.max(1, columns.length)} title={failure?.message}>
              {failure?.message}
            </td>
          ) : (
            cellsOf(result, columns, cpuNames).map((text, index) => (
              <td key={columns[index]?.name} className="num">
                {text}
              </td>
            ))
          )}
          <td className="num">{duration(tookMs)}</td>
          <td className="num">{duration(lagMs)}</td>
          <td>
            <span className="tag mono">{version.slice(0, 7)}</span>
          </td>
        </tr>
        {isOpen && result !== undefined && (
          <tr>
            <td className="jsonrow" colSpan={columns.length + FIXED_COLUMNS}>
              <JsonText text={result} />
            </td>
          </tr>
        )}
      </>
    );
  },
  // An entry never changes; only another layout of the columns or its own opening draws it again.
  (before, after) =>
    before.entry.id === after.entry.id && before.isOpen === after.isOpen && sameNames(before.columns, after.columns),
);

function sameNames(a: readonly ResultColumn[], b: readonly ResultColumn[]): boolean {
  return a.length === b.length && a.every(({ name }, index) => name === b[index]?.name);
}
