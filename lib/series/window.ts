import type { FailureRun, HistoryEntry, VersionStart } from '#lib/schemas/history';
import type { Columns } from './downsample.ts';
import { numbersIn } from './flatten.ts';
import { spacingAround } from './usual.ts';

/** Two invocations further apart than this many periods have a gap between them. */
const GAP_PERIODS = 2.5;
/** A bucket's rows are in its middle half, so those of two buckets with one missing between them are this far apart. */
const GAP_BUCKETS = 1.25;

/**
 * Entries as columns that share their times. Rows of failed invocations, and the time in which nothing ran, are `null`:
 * a gap, never a joined line.
 */
export function toColumns(entries: readonly HistoryEntry[], periodMs: number): Columns {
  const times: number[] = [];
  const columns = new Map<string, (number | null)[]>();
  const addRow = (at: number, numbers: ReadonlyMap<string, number>) => {
    const row = times.push(at) - 1;
    for (const [name, value] of numbers) {
      const column = columns.get(name) ?? [];
      columns.set(name, column);
      while (column.length < row) column.push(null);
      column.push(value);
    }
  };
  const ranAt = entries.map(({ at }) => at);
  for (const [index, entry] of entries.entries()) {
    const previous = ranAt[index - 1];
    if (previous !== undefined && isGap(previous, entry.at, periodMs)) {
      const usual = spacingAround(ranAt, index, { periodMs, bucketMs: 0 });
      if (isGap(previous, entry.at, usual.periodMs)) addRow(previous + periodMs, new Map());
    }
    addRow(entry.at, entry.result === undefined ? new Map() : numbersIn(entry.result));
  }
  for (const column of columns.values()) while (column.length < times.length) column.push(null);
  return { times, series: [...columns].map(([name, values]) => ({ name, values })) };
}

/** Whether nothing ran between two rows; where a row stands for a whole bucket, a bucket is missing in between. */
export function isGap(earlier: number, later: number, periodMs: number, bucketMs = 0): boolean {
  return later - earlier > longestStep(periodMs, bucketMs);
}

/** How far apart two rows may be with nothing missing between them. */
export function longestStep(periodMs: number, bucketMs = 0): number {
  return Math.max(GAP_PERIODS * periodMs, GAP_BUCKETS * bucketMs, 1_000);
}

/** Runs of failures, oldest first. */
export function failureRuns(entries: readonly HistoryEntry[]): FailureRun[] {
  const runs: FailureRun[] = [];
  let open = false;
  for (const entry of entries) {
    const { failure } = entry;
    const last = runs.at(-1);
    if (failure === undefined) open = false;
    else if (open && last?.message === failure.message && last.version === entry.version) {
      last.to = entry.at;
      last.count += 1;
    } else {
      runs.push({ from: entry.at, to: entry.at, count: 1, message: failure.message, version: entry.version });
      open = true;
    }
  }
  return runs;
}

/** Where each version of the code began to run, oldest first; the first one is what the range starts with. */
export function versionStarts(entries: readonly Pick<HistoryEntry, 'at' | 'version'>[]): VersionStart[] {
  return entries
    .filter((entry, index) => entry.version !== entries[index - 1]?.version)
    .map(({ at, version }) => ({ at, version }));
}
