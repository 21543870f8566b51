import type { SeriesWindow } from '#lib/schemas/history';
import { numbersIn } from '#lib/series/flatten';
import { groupSeries, type SeriesGroups } from '#lib/series/group';
import {
  addRow,
  type Columns,
  columnsOf,
  dropBefore,
  dropBetween,
  type Extent,
  extentOf,
  type RowSpacing,
  thin,
} from './columns.ts';
import { isSummary, summarise, withSummary } from './cpu-summary.ts';
import { highest } from './highest.ts';
import { addRates, countersOf, leastApart, rateAt, rateName } from './rates.ts';

/** More rows than this, and they are thinned to about half as many. */
const MANY_ROWS = 1_200;
const STRETCHES = 300;
const NAMED_CPUS = 3;

/** The series of a page: their values over its range, those of the newest result, and what belongs together. */
export class SeriesTable {
  readonly columns: Columns;
  groups: SeriesGroups;
  /** The CPUs with the highest values, which are named where there are too many to name all. */
  highestCpus: readonly string[] = [];
  readonly #bucketMs: number;
  #periodMs: number;
  /** How far apart two readings of a counter must be. */
  #leastMs = 0;
  #counters: ReadonlySet<string> = new Set();
  readonly #extents = new Map<string, Extent | null>();
  #numbers: ReadonlyMap<string, number>;

  /** Without a result, the newest row is what the series are now. */
  constructor(
    window: Pick<SeriesWindow, 'times' | 'series' | 'resolutionMs'>,
    newestResult: string | undefined,
    periodMs: number,
  ) {
    this.columns = columnsOf(window);
    this.#bucketMs = window.resolutionMs ?? 0;
    this.#periodMs = periodMs;
    this.#numbers = newestResult === undefined ? lastValues(window.series) : numbersIn(newestResult);
    this.groups = groupSeries(this.#names());
    this.#summarise();
  }

  get times(): readonly number[] {
    return this.columns.times;
  }

  get cpuNames(): string[] {
    return this.groups.cpus[0]?.series.map(({ name }) => name) ?? [];
  }

  /** A series' value in the newest good result. */
  current(name: string): number | null {
    return this.#numbers.get(name) ?? null;
  }

  column(name: string): readonly (number | null)[] {
    return this.columns.values.get(name) ?? [];
  }

  extent(name: string): Extent | null {
    const known = this.#extents.get(name);
    if (known !== undefined) return known;
    const extent = extentOf(this.column(name));
    this.#extents.set(name, extent);
    return extent;
  }

  /** Adds one invocation; `stepMs` is how far apart they usually are. Says whether its result has a series that none before had. */
  add(at: number, result: string | undefined, periodMs: number, stepMs = periodMs): boolean {
    const numbers = withSummary(numbersIn(result ?? ''), this.cpuNames);
    if (periodMs !== this.#periodMs) this.#follow(periodMs);
    const isNew = addRow(this.columns, at, numbers, { ...this.#spacing, periodMs: stepMs });
    this.#addRates(numbers);
    if (result !== undefined) this.#numbers = numbers;
    if (isNew) {
      this.groups = groupSeries(this.#names());
      this.#summarise();
    } else this.#rank();
    this.#extents.clear();
    return isNew;
  }

  /** Two invocations that seemed to have a gap between them follow one another. */
  closeGap(from: number, to: number): void {
    dropBetween(this.columns, from, to);
  }

  /** When any of its series had a value last; null when none has. */
  get newestAt(): number | null {
    const { times, values } = this.columns;
    const rows = [...values.values()].map((column) => column.findLastIndex((value) => value !== null));
    return times[Math.max(-1, ...rows)] ?? null;
  }

  /** The column that a series is shown as: how fast it grows for a counter, itself for everything else. */
  shownAs(name: string): string {
    return this.#counters.has(name) ? rateName(name) : name;
  }

  /** Keeps the rows of the range, and not too many of them. */
  trim(from: number, rangeMs: number): void {
    dropBefore(this.columns, from);
    if (this.columns.times.length > MANY_ROWS) thin(this.columns, rangeMs / STRETCHES);
  }

  /** A series that this table has, however it got it: in a row, or in the newest result. */
  get names(): ReadonlySet<string> {
    return new Set(this.#names());
  }

  get #spacing(): RowSpacing {
    return { periodMs: this.#periodMs, bucketMs: this.#bucketMs };
  }

  #names(): string[] {
    return [...new Set([...this.columns.values.keys(), ...this.#numbers.keys()])].filter((name) => !isSummary(name));
  }

  #follow(periodMs: number): void {
    this.#periodMs = periodMs;
    this.#leastMs = leastApart(this.times, this.#spacing);
  }

  #summarise(): void {
    this.#follow(this.#periodMs);
    summarise(this.columns, this.cpuNames);
    const counters = countersOf(this.columns, this.#names());
    addRates(this.columns, counters, this.#leastMs);
    this.#counters = new Set(counters);
    this.#numbers = withSummary(this.#numbers, this.cpuNames);
    for (const name of counters.map(rateName)) {
      const newest = this.column(name).at(-1) ?? null;
      if (newest !== null) this.#numbers = new Map(this.#numbers).set(name, newest);
    }
    this.#rank();
  }

  /** The newest row's. */
  #addRates(numbers: Map<string, number>): void {
    const { times, values } = this.columns;
    const row = times.length - 1;
    for (const name of this.#counters) {
      const rate = rateAt(times, values.get(name) ?? [], row, this.#leastMs);
      const column = values.get(rateName(name));
      if (column !== undefined) column[row] = rate;
      if (rate !== null) numbers.set(rateName(name), rate);
    }
  }

  #rank(): void {
    const values = this.cpuNames.flatMap((name): [string, number][] => {
      const value = this.current(name);
      return value === null ? [] : [[name, value]];
    });
    this.highestCpus = highest(this.highestCpus, new Map(values), NAMED_CPUS);
  }
}

function lastValues(series: SeriesWindow['series']): ReadonlyMap<string, number> {
  return new Map(
    series.flatMap(({ name, values }): [string, number][] => {
      const last = values.findLast((value) => value !== null);
      return last === undefined || last === null ? [] : [[name, last]];
    }),
  );
}
