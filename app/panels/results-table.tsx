'use client';

import { useState } from 'react';
import type { HistoryEntry } from '#lib/schemas/history';
import { useVersionName } from '../events/events-provider.tsx';
import { useWords } from '../language/use-language.ts';
import { useLive } from '../live/live-provider.tsx';
import { usePicked } from '../live/picked.tsx';
import { columnsFor } from './result-columns.ts';
import { ResultRow } from './result-row.tsx';
import { resultsWords } from './results-words.ts';

type Props = { entries: readonly HistoryEntry[]; withAllColumns: boolean };

export function ResultsTable({ entries, withAllColumns }: Props) {
  const say = useWords(resultsWords);
  const groups = useLive((store) => store.series.groups);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { tick, pickTick } = usePicked();
  const versionName = useVersionName();
  const { usual, more } = columnsFor(groups, say);
  const columns = withAllColumns ? [...usual, ...more] : usual;
  const cpuNames = groups.cpus[0]?.series.map(({ name }) => name) ?? [];
  const toggle = (id: string) => {
    setOpen((before) => (before.has(id) ? new Set([...before].filter((one) => one !== id)) : new Set([...before, id])));
  };
  return (
    <div className="scroll">
      <table className="tbl" aria-label={say.title}>
        <thead>
          <tr>
            <th>{say.time}</th>
            {columns.map(({ name, label }) => (
              <th key={name} className="num">
                {label}
              </th>
            ))}
            {/* There has been no result yet, so all that there is are failures. */}
            {columns.length === 0 && <th className="said">{say.failure}</th>}
            <th className="num">{say.duration}</th>
            <th className="num">{say.lag}</th>
            <th>{say.version}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <ResultRow
              key={entry.id}
              entry={entry}
              columns={columns}
              cpuNames={cpuNames}
              version={versionName(entry.version)}
              isOpen={open.has(entry.id)}
              isPicked={entry.id === tick}
              onToggle={toggle}
              onPick={pickTick}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}
