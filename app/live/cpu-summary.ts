import type { Columns } from './columns.ts';

/** Columns that the page adds to a result's own; the NUL keeps them apart from every name that people use. */
export const CPU_MEAN = '\0cpu-mean';
export const CPU_LOW = '\0cpu-low';
export const CPU_HIGH = '\0cpu-high';

type Summary = { mean: number | null; low: number | null; high: number | null };

/** Mean, least and greatest of the values that are there. */
function summaryOf(values: Iterable<number | null | undefined>): Summary {
  let [count, sum, low, high] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value === null || value === undefined) continue;
    count += 1;
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return count === 0 ? { mean: null, low: null, high: null } : { mean: sum / count, low, high };
}

/** One result's numbers with the summary of the given series beside them. */
export function withSummary(numbers: ReadonlyMap<string, number>, names: readonly string[]): Map<string, number> {
  const { mean, low, high } = summaryOf(names.map((name) => numbers.get(name)));
  const all = new Map(numbers);
  if (mean !== null) all.set(CPU_MEAN, mean);
  if (low !== null) all.set(CPU_LOW, low);
  if (high !== null) all.set(CPU_HIGH, high);
  return all;
}

/** Writes the three columns anew, for every row there is. */
export function summarise({ times, values }: Columns, names: readonly string[]): void {
  if (names.length === 0) return;
  const columns = names.map((name) => values.get(name));
  const rows = times.map((_, row) => summaryOf(columns.map((column) => column?.[row])));
  values.set(
    CPU_MEAN,
    rows.map(({ mean }) => mean),
  );
  values.set(
    CPU_LOW,
    rows.map(({ low }) => low),
  );
  values.set(
    CPU_HIGH,
    rows.map(({ high }) => high),
  );
}

export function isSummary(name: string): boolean {
  return name.startsWith('\0');
}
