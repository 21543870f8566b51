import { freshFor, statusOf } from '#lib/functions/status-of';
import type { FailureRun, Gap, HistoryEntry, SeriesWindow, VersionStart } from '#lib/schemas/history';
import type { LiveState } from '#lib/schemas/live';
import type { Status } from '#lib/schemas/overview';
import { longest } from '#lib/series/gaps';
import { AROUND, usualSpacing } from '#lib/series/usual';
import { isGap } from '#lib/series/window';
import { Audience } from './audience.ts';
import { isNewer, mergeNewest } from './entry-order.ts';
import { withFailure, withVersion } from './marks.ts';
import { SeriesTable } from './series-table.ts';
import { ServerClock } from './server-clock.ts';

export type LivePage = {
  name: string;
  rangeMs: number;
  /** Where a range that does not move ends; one that moves ends now. */
  endsAt?: number;
  live: LiveState;
  window: SeriesWindow;
  /** The newest entries, newest first. */
  results: HistoryEntry[];
};

/** Entries kept beside the columns, for the table; also how many a paused page holds back. */
const MAX_ENTRIES = 1_000;
/** A window of rolled-up buckets is read anew this often at most: it is to stay what the server would give. */
const WINDOW_MS = 5 * 60_000;

/**
 * What the page knows of one function, outside React: components subscribe and take the small value they show. Columns
 * change in place; `revision` tells when.
 */
export class LiveStore {
  readonly name: string;
  readonly rangeMs: number;
  readonly endsAt: number | undefined;
  series: SeriesTable;
  entries: readonly HistoryEntry[];
  failures: readonly FailureRun[];
  /** Where nothing ran; on a page that is live, those that something came after. */
  gaps: readonly Gap[];
  versions: readonly VersionStart[];
  live: LiveState;
  newestId: string;
  revision = 0;
  /** How many times a series appeared that the page was not laid out for. */
  newSeries = 0;
  /** Since when the feed is closed, or null while it is open. */
  lostSince: number | null = null;
  paused: { at: number; waiting: HistoryEntry[]; count: number; overflowed: boolean } | null = null;

  readonly #audience = new Audience();
  readonly subscribe = this.#audience.subscribe;
  readonly subscribeDrawing = this.#audience.subscribeDrawing;
  readonly #clock: ServerClock;
  #windowEndsAt: number;
  /** How long the buckets are that the rows stand for; 0 where each is an invocation. */
  bucketMs: number;
  #took: ReadonlyMap<number, number | null>;

  constructor({ name, rangeMs, endsAt, live, window, results }: LivePage) {
    this.name = name;
    this.rangeMs = rangeMs;
    this.endsAt = endsAt;
    this.live = live;
    this.#clock = new ServerClock(live.now);
    this.entries = results;
    this.failures = window.failures;
    this.gaps = this.#gapsOf(window);
    this.#took = tookIn(window);
    this.versions = window.versions;
    this.newestId = newestOf(window.lastId, window.entries === 0 ? results[0]?.id : undefined);
    this.series = this.#tableOf(window);
    this.#windowEndsAt = window.to;
    this.bucketMs = window.resolutionMs ?? 0;
  }

  /** The rows of a bucket are earlier than the newest entry in it; the curves end where the figures are. */
  #tableOf(window: SeriesWindow): SeriesTable {
    const table = new SeriesTable(window, this.newestResult?.result, this.periodMs);
    const [newest] = this.entries;
    const isLater = newest !== undefined && newest.at > (table.times.at(-1) ?? newest.at);
    if (isLater && !isNewer(newest.id, window.lastId)) table.add(newest.at, newest.result, this.periodMs);
    return table;
  }

  /** Whether one goes on is seen here, second by second. */
  #gapsOf({ gaps = [] }: SeriesWindow): readonly Gap[] {
    return this.isFixed ? gaps : gaps.filter(({ to }) => to !== null);
  }

  get now(): number {
    return this.#clock.now;
  }

  get periodMs(): number {
    return this.live.state?.periodMs ?? 5_000;
  }

  /** The newest good one that is shown. */
  get newestResult(): HistoryEntry | undefined {
    return this.entries.find(isGood);
  }

  /** When the newest invocation was written, and when the input of the newest good one changed; a pause hides neither. */
  get freshest(): { newestAt: number | null; inputAt: number | null } {
    const waiting = this.paused?.waiting ?? [];
    return {
      newestAt: (waiting.at(-1) ?? this.entries[0])?.at ?? null,
      inputAt: (waiting.findLast(isGood) ?? this.newestResult)?.inputAt ?? null,
    };
  }

  get status(): Status {
    const status = statusOf({
      now: this.now,
      state: this.live.state,
      runtimeAlive: this.live.runtimeAlive,
      ...this.freshest,
    });
    // What it was is not known to be so still.
    return this.isOutOfReach && (status === 'live' || status === 'starting') ? 'stale' : status;
  }

  /** Whether something keeps new data from the page. */
  get isOutOfReach(): boolean {
    return this.lostSince !== null || this.live.redisDownSince !== null || this.live.writesRefused !== null;
  }

  /** When what the figures are of was written. */
  get shownAt(): number | null {
    return this.newestResult?.at ?? this.series.newestAt;
  }

  /** How long the invocation took that was written at a time, while that is known. */
  tookAt(at: number): number | null {
    return this.entries.find((entry) => entry.at === at)?.tookMs ?? this.#took.get(at) ?? null;
  }

  /** Since when nothing has come that should have; null while all does, and while the function only waits for its next try. */
  get silentSince(): number | null {
    if (this.status === 'crashing') return null;
    const newest = this.#newestRowAt;
    return !this.isFixed && newest !== null && this.edge - newest > this.freshMs ? newest : null;
  }

  /** A range in which nothing ran has no rows, but something may have run before it. */
  get #newestRowAt(): number | null {
    return this.series.times.at(-1) ?? this.entries[0]?.at ?? null;
  }

  get isFixed(): boolean {
    return this.endsAt !== undefined;
  }

  /** The right edge of every chart: the newest row while there are any to come, the present while there are none. */
  get edge(): number {
    if (this.endsAt !== undefined) return this.endsAt;
    if (this.paused !== null) return this.paused.at;
    const newest = this.series.times.at(-1);
    return newest === undefined || this.now - newest > this.freshMs ? this.now : newest;
  }

  /** Whether its buckets have been closed for so long that the server has better ones. */
  get isWindowOld(): boolean {
    const { paused, isFixed } = this;
    if (this.bucketMs === 0 || paused !== null || isFixed) return false;
    return this.now - this.#windowEndsAt > Math.max(WINDOW_MS, this.bucketMs);
  }

  get freshMs(): number {
    return this.live.state === null ? 15_000 : freshFor(this.live.state);
  }

  /** Takes in invocations, oldest first; those it has seen are skipped. */
  add(entries: readonly HistoryEntry[]): void {
    const fresh = entries.filter(({ id }) => isNewer(id, this.newestId));
    if (fresh.length === 0) return;
    this.newestId = newestOf(this.newestId, fresh.at(-1)?.id);
    if (this.paused === null) {
      this.#take(fresh);
      return;
    }
    this.paused.waiting.push(...fresh);
    this.paused.count += fresh.length;
    if (this.paused.waiting.length > MAX_ENTRIES) {
      this.paused = { ...this.paused, waiting: this.paused.waiting.slice(-1), overflowed: true };
    }
  }

  #take(fresh: readonly HistoryEntry[]): void {
    this.#takeRows(fresh);
    this.entries = mergeNewest(this.entries, fresh, MAX_ENTRIES);
    this.revision += 1;
    this.#audience.tellInTurn();
  }

  #takeRows(fresh: readonly HistoryEntry[]): void {
    for (const [index, entry] of fresh.entries()) {
      const previousAt = this.#newestRowAt;
      const stepMs = this.#usualStepBefore(fresh, index);
      this.#takeGap(previousAt, entry.at, stepMs);
      if (this.series.add(entry.at, entry.result, this.periodMs, stepMs)) this.newSeries += 1;
      this.failures = withFailure(this.failures, entry, previousAt);
      this.versions = withVersion(this.versions, entry);
      this.#clock.atLeast(entry.at);
    }
    const from = (this.series.times.at(-1) ?? 0) - this.rangeMs;
    this.series.trim(from, this.rangeMs);
    if (this.failures.some(({ to }) => to < from)) this.failures = this.failures.filter(({ to }) => to >= from);
    if (this.gaps.some(({ to }) => to !== null && to < from))
      this.gaps = this.gaps.filter(({ to }) => to === null || to >= from);
  }

  /** How far apart invocations are up to one of those that are being taken in. */
  #usualStepBefore(fresh: readonly HistoryEntry[], index: number): number {
    const { periodMs, bucketMs } = this;
    const isKnown = this.entries[0] !== undefined && this.entries[0].id === fresh.at(-1)?.id;
    const older = isKnown ? this.entries.slice(fresh.length) : this.entries;
    const times = [...fresh.slice(0, index + 1).toReversed(), ...older].slice(0, AROUND + 1).map(({ at }) => at);
    return usualSpacing(times, { periodMs, bucketMs }).periodMs;
  }

  /** Where a function turns out to be called less often than every period, what seemed to be gaps were none. */
  #takeGap(from: number | null, to: number, stepMs: number): void {
    const { periodMs, bucketMs } = this;
    if (from === null || !isGap(from, to, periodMs, bucketMs)) return;
    if (isGap(from, to, stepMs, bucketMs)) {
      this.gaps = longest([...this.gaps, { from, to }]);
      return;
    }
    const isUsual = (gap: Gap) =>
      gap.to !== null && to - gap.from <= 2 * AROUND * stepMs && !isGap(gap.from, gap.to, stepMs, bucketMs);
    for (const gap of this.gaps.filter(isUsual)) this.series.closeGap(gap.from, gap.to ?? to);
    this.gaps = this.gaps.filter((gap) => !isUsual(gap));
  }

  /** Older entries that the table asked for. */
  addOlder(entries: readonly HistoryEntry[]): void {
    this.entries = mergeNewest(this.entries, entries, MAX_ENTRIES);
    this.#changed();
  }

  setLive(live: LiveState): void {
    // A server that has not reached Redis yet knows less than this page.
    this.live = live.state === null ? { ...live, state: this.live.state } : live;
    this.setClock(live.now);
    this.#changed();
  }

  setClock(serverNow: number): void {
    this.#clock.set(serverNow);
  }

  setLost(forMs: number | null): void {
    if ((forMs === null) === (this.lostSince === null)) return;
    this.lostSince = forMs === null ? null : this.now - forMs;
    this.#changed();
  }

  pause(): void {
    this.paused ??= { at: this.edge, waiting: [], count: 0, overflowed: false };
    this.#changed();
  }

  /** Shows what was held back; says whether it was too much to hold, so that the window must be read anew. */
  resume(): boolean {
    const { waiting = [], overflowed = false } = this.paused ?? {};
    this.paused = null;
    this.#take(waiting);
    return overflowed;
  }

  /** A window that was read anew takes the place of this one; what came while it was read is kept. */
  replace(window: SeriesWindow, results: readonly HistoryEntry[]): void {
    const known = this.series.names;
    this.failures = window.failures;
    this.gaps = this.#gapsOf(window);
    this.#took = tookIn(window);
    this.versions = window.versions;
    this.entries = mergeNewest(this.entries, results, MAX_ENTRIES);
    this.series = this.#tableOf(window);
    this.#windowEndsAt = window.to;
    this.bucketMs = window.resolutionMs ?? 0;
    if (this.paused !== null) {
      this.paused.waiting = this.paused.waiting.filter(({ id }) => isNewer(id, window.lastId));
    }
    this.newestId = newestOf(this.newestId, window.lastId);
    this.#takeRows(this.entries.filter(({ id }) => isNewer(id, window.lastId)).toReversed());
    if (!isSameSet(known, this.series.names)) this.newSeries += 1;
    this.#changed();
  }

  /** Ages and the present move once a second. */
  tick(): void {
    this.#clock.tick();
    this.#audience.tell();
  }

  #changed(): void {
    this.revision += 1;
    this.#audience.tell();
  }
}

function tookIn({ times, took = [] }: SeriesWindow): ReadonlyMap<number, number | null> {
  return new Map(times.map((at, row) => [at, took[row] ?? null]));
}

function isGood({ result }: HistoryEntry): boolean {
  return result !== undefined;
}

function newestOf(a: string, b: string | undefined): string {
  return b !== undefined && isNewer(b, a) ? b : a;
}

function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((name) => b.has(name));
}
