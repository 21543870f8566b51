import type { SeriesWindow } from '#lib/schemas/history';
import { numbersIn } from '#lib/series/flatten';
import { groupSeries, type SeriesGroups } from '#lib/series/group';
import { addRow, type Columns, columnsOf, dropBefore, type Extent, extentOf, thin } from './columns.ts';
import { isSummary, summarise, withSummary } from './cpu-summary.ts';
import { highest } from './highest.ts';

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
  readonly #extents = new Map<string, Extent | null>();
  #numbers: ReadonlyMap<string, number>;

  constructor(window: Pick<SeriesWindow, 'times' | 'series'>, newestResult: string | undefined) {
    this.columns = columnsOf(window);
    this.#numbers = numbersIn(newestResult ?? '');
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

  /** Adds one invocation. Says whether its result has a series that none before had. */
  add(at: number, result: string | undefined, periodMs: number): boolean {
    const numbers = withSummary(numbersIn(result ?? ''), this.cpuNames);
    const isNew = addRow(this.columns, at, numbers, periodMs);
    if (result !== undefined) this.#numbers = numbers;
    if (isNew) {
      this.groups = groupSeries(this.#names());
      this.#summarise();
    } else this.#rank();
    this.#extents.clear();
    return isNew;
  }

  /** Keeps the rows of the range, and not too many of them. */
  trim(from: number, rangeMs: number): void {
    dropBefore(this.columns, from);
    if (this.columns.times.length > MANY_ROWS) thin(this.columns, rangeMs / STRETCHES);
  }

  #names(): string[] {
    return [...new Set([...this.columns.values.keys(), ...this.#numbers.keys()])].filter((name) => !isSummary(name));
  }

  #summarise(): void {
    summarise(this.columns, this.cpuNames);
    this.#numbers = withSummary(this.#numbers, this.cpuNames);
    this.#rank();
  }

  #rank(): void {
    const values = this.cpuNames.flatMap((name): [string, number][] => {
      const value = this.current(name);
      return value === null ? [] : [[name, value]];
    });
    this.highestCpus = highest(this.highestCpus, new Map(values), NAMED_CPUS);
  }
}
