'use client';

import type { HistoryEntry } from '#lib/schemas/history';
import { useLiveStore } from '../live/live-provider.tsx';
import { csvOf } from './csv.ts';

/** Saves the results on the page. */
export function CsvButton({ entries }: { entries: readonly HistoryEntry[] }) {
  const { name } = useLiveStore();
  const save = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([csvOf(entries)], { type: 'text/csv' }));
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <button type="button" className="btn quiet scripted" onClick={save}>
      Download CSV
    </button>
  );
}
