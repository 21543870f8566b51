import type { HistoryEntry } from '#lib/schemas/history';
import { jsonRows } from '../format/json-text.ts';

/** Entries as CSV (RFC 4180), oldest first; every value spelled as the function wrote it. */
export function csvOf(entries: readonly HistoryEntry[]): string {
  const oldestFirst = [...entries].reverse();
  const results = oldestFirst.map(
    ({ result }) => new Map(jsonRows(result ?? '').map(({ name, value }) => [name, value])),
  );
  const names = [...new Set(results.flatMap((result) => [...result.keys()]))];
  const rows = oldestFirst.map(({ at, tookMs, lagMs, version, failure }, index) => [
    new Date(at).toISOString(),
    ...names.map((name) => results[index]?.get(name) ?? ''),
    String(tookMs),
    String(lagMs),
    version,
    failure?.message ?? '',
  ]);
  return [['time', ...names, 'duration_ms', 'lag_ms', 'version', 'failure'], ...rows]
    .map((row) => row.map(quoted).join(','))
    .join('\r\n');
}

// A text that a spreadsheet would take for a formula is not one: it gets a quote before it.
const FORMULA = /^[=+@\t\r]|^-(?!\d)/;

function quoted(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
