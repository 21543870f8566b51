import { countsUp, isCounterName } from '#lib/series/counter';
import type { Columns } from './columns.ts';

/** The column that says how fast a counter grows; the NUL keeps it apart from every name that people use. */
export function rateName(name: string): string {
  return `\0rate ${name}`;
}

/** The counters among some series: what is called like one and grows. */
export function countersOf({ values }: Columns, names: Iterable<string>): string[] {
  return [...names].filter((name) => isCounterName(name) && countsUp(values.get(name) ?? []));
}

/** Writes the rates of all rows anew. */
export function addRates(columns: Columns, counters: readonly string[], bucketMs: number): void {
  for (const name of counters) {
    const column = columns.values.get(name) ?? [];
    columns.values.set(
      rateName(name),
      column.map((_, row) => rateAt(columns.times, column, row, bucketMs)),
    );
  }
}

/**
 * Growth a second, up to a row. A bucket's two rows are its first and its last value, both drawn towards its middle, so
 * a row is compared with one that is a whole bucket earlier. Null after a gap, and where the counter began anew.
 */
export function rateAt(
  times: readonly number[],
  column: readonly (number | null)[],
  row: number,
  bucketMs: number,
): number | null {
  const [at, value] = [times[row], column[row]];
  if (at === undefined || value === null || value === undefined) return null;
  for (let earlier = row - 1; earlier >= 0; earlier--) {
    const before = column[earlier] ?? null;
    if (before === null || before > value) return null;
    const elapsed = at - (times[earlier] ?? at);
    if (elapsed > 0 && elapsed >= bucketMs) return ((value - before) / elapsed) * 1_000;
  }
  return null;
}
