import { AROUND, usualSpacing } from './usual.ts';
import { isGap } from './window.ts';

/** More digits than a small curve can show are only bytes to send. */
const DIGITS = 6;
/** More stretches than this are more than a small curve can show. */
const STRETCHES = 120;

type Point = { at: number; value: number };
type Stretch = {
  start: number;
  low: Point;
  high: Point;
  /** Nothing came, or what came failed, between the one before and this one. */
  gapBefore: boolean;
};
type Span = { from: number; to: number };

/**
 * One series over a range up to now, kept as the extremes of stretches of time. Stretches are told by the clock, so that
 * only the newest one ever changes and whoever knows the others need not be told again.
 */
export class SmallCurve {
  readonly #rangeMs: number;
  readonly #periodMs: number;
  readonly #stretchMs: number;
  #stretches: Stretch[] = [];
  #failures: Span[] = [];
  #gapAhead = false;
  /** When the last few were. */
  #recent: number[] = [];

  constructor({ rangeMs, periodMs }: { rangeMs: number; periodMs: number }) {
    this.#rangeMs = rangeMs;
    this.#periodMs = periodMs;
    this.#stretchMs = rangeMs / STRETCHES;
  }

  /** The last value that is more than a gap. */
  get newest(): Point | null {
    const last = this.#stretches.at(-1);
    return last === undefined ? null : last.high.at > last.low.at ? last.high : last.low;
  }

  /** A window that was read at once: it has its gaps as rows without a value. */
  fill(times: readonly number[], values: readonly (number | null)[], failures: readonly Span[]): void {
    for (const [row, at] of times.entries()) {
      const value = values[row] ?? null;
      if (value === null) this.#gapAhead = true;
      else this.#take(at, value);
    }
    for (const { from, to } of failures) this.#fail(from, to);
    this.#gapAhead = (values.at(-1) ?? null) === null;
    this.#recent = times.slice(-AROUND - 1);
  }

  /** One more invocation, good or failed; a good one may lack the series. */
  add(at: number, outcome: { value: number | null } | 'failed'): void {
    if (this.#isAfterGap(at)) this.#gapAhead = true;
    this.#recent = [...this.#recent, at].slice(-AROUND - 1);
    if (outcome === 'failed') this.#fail(at, at);
    else if (outcome.value === null) this.#gapAhead = true;
    else this.#take(at, outcome.value);
  }

  #isAfterGap(at: number): boolean {
    const lastAt = this.#recent.at(-1);
    if (lastAt === undefined || !isGap(lastAt, at, this.#periodMs)) return false;
    const usual = usualSpacing(this.#recent, { periodMs: this.#periodMs, bucketMs: 0 });
    return isGap(lastAt, at, usual.periodMs);
  }

  /** The rows that are not older than the range, or than the stretch of `since` if that is later. */
  rows(now: number, since = 0) {
    const from = this.#startOf(Math.max(since, now - this.#rangeMs));
    this.#stretches = this.#stretches.filter(({ start }) => start >= this.#startOf(now - this.#rangeMs));
    this.#failures = this.#failures.filter(({ to }) => to >= now - this.#rangeMs);
    const times: number[] = [];
    const values: (number | null)[] = [];
    const push = (at: number, value: number | null) => {
      times.push(at);
      values.push(value === null ? null : Number(value.toPrecision(DIGITS)));
    };
    for (const { start, low, high, gapBefore } of this.#stretches) {
      if (start < from) continue;
      if (gapBefore) push(start, null);
      const [first, second] = low.at <= high.at ? [low, high] : [high, low];
      push(first.at, first.value);
      if (second.at !== first.at) push(second.at, second.value);
    }
    return { from, times, values, failures: this.#failures };
  }

  /** What is closer together than a stretch is one run. */
  #fail(from: number, to: number): void {
    this.#gapAhead = true;
    const last = this.#failures.at(-1);
    if (last !== undefined && from - last.to <= this.#stretchMs) last.to = Math.max(last.to, to);
    else this.#failures.push({ from, to });
  }

  #take(at: number, value: number): void {
    const start = this.#startOf(at);
    const last = this.#stretches.at(-1);
    const point = { at, value };
    if (last !== undefined && start <= last.start) {
      if (value < last.low.value) last.low = point;
      if (value > last.high.value) last.high = point;
    } else this.#stretches.push({ start, low: point, high: point, gapBefore: this.#gapAhead && last !== undefined });
    this.#gapAhead = false;
  }

  #startOf(at: number): number {
    return Math.floor(at / this.#stretchMs) * this.#stretchMs;
  }
}
