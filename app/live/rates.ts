import { countsUp, isCounterName } from '#lib/series/counter';
import { usualStep } from '#lib/series/usual';
import type { Columns, RowSpacing } from './columns.ts';

/** Of a period, by which a tick that is on time may still be early. */
const ON_TIME = 0.9;

/** The column that says how fast a counter grows; the NUL keeps it apart from every name that people use. */
export function rateName(name: string): string {
  return `\0rate ${name}`;
}

/** The counters among some series: what is called like one and grows. */
export function countersOf({ values }: Columns, names: Iterable<string>): string[] {
  return [...names].filter((name) => isCounterName(name) && countsUp(values.get(name) ?? []));
}

/**
 * How far apart two readings must be. A tick that was held up is followed by one on time: what grew in a period must not
 * seem to have grown in the moment between them. Where most are closer than the period, that was a shorter one.
 */
export function leastApart(times: readonly number[], { periodMs, bucketMs }: RowSpacing): number {
  return Math.max(bucketMs, ON_TIME * Math.min(periodMs, usualStep(times) ?? periodMs));
}

/** Writes the rates of all rows anew. */
export function addRates(columns: Columns, counters: readonly string[], leastMs: number): void {
  for (const name of counters) {
    const column = columns.values.get(name) ?? [];
    columns.values.set(
      rateName(name),
      column.map((_, row) => rateAt(columns.times, column, row, leastMs)),
    );
  }
}

/**
 * Growth a second, up to a row, since one that is `leastMs` earlier or more. A bucket's rows are what the counter read at their
 * times, so any two of them tell the same. Null after a gap, and where the counter began anew.
 */
export function rateAt(
  times: readonly number[],
  column: readonly (number | null)[],
  row: number,
  leastMs: number,
): number | null {
  const [at, value] = [times[row], column[row]];
  if (at === undefined || value === null || value === undefined) return null;
  for (let earlier = row - 1; earlier >= 0; earlier--) {
    const before = column[earlier] ?? null;
    if (before === null || before > value) return null;
    const elapsed = at - (times[earlier] ?? at);
    if (elapsed > 0 && elapsed >= leastMs) return ((value - before) / elapsed) * 1_000;
  }
  return null;
}
