import { pause } from '#lib/lifecycle';

export type Due = {
  /** When it should have started, in ms since the epoch. */
  dueAt: number;
  /** How late it starts. */
  lagMs: number;
  /** Whole periods that passed while it was still running, and are skipped. */
  missed: number;
};

/** One thing that is due at a fixed rate. `run` is never called again before it has ended. */
export type Task = {
  readonly periodMs: number;
  run(due: Due): Promise<void>;
};

/** A timer may fire a little early; that is not worth another one. */
const EARLY_MS = 0.5;
/** How long the end of the schedule waits for what is running. */
const FINISH_MS = 2_000;

/** The next due time at a fixed rate, and how many were missed on the way. */
export function nextDue(due: number, now: number, periodMs: number): { due: number; missed: number } {
  const next = due + periodMs;
  if (next > now) return { due: next, missed: 0 };
  const missed = Math.floor((now - next) / periodMs) + 1;
  return { due: next + missed * periodMs, missed };
}

type Entry = { task: Task; due: number; missed: number; running: boolean };

/**
 * Calls every task at its own fixed rate on the monotonic clock, so that a jump of the wall clock moves nothing. One
 * timer serves all: what is due together starts together, and its Redis reads share one pipeline.
 */
export class Schedule implements AsyncDisposable {
  readonly #entries = new Set<Entry>();
  readonly #running = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | undefined;
  /** When it fires. */
  #next = Number.POSITIVE_INFINITY;
  #stopped = false;

  /** Starts calling the task, now or after a delay; with a negative one it has been due for as long. */
  add(task: Task, delayMs = 0): { remove(): void } {
    const entry = { task, due: performance.now() + delayMs, missed: 0, running: false };
    this.#entries.add(entry);
    this.#arm(entry.due);
    return { remove: () => void this.#entries.delete(entry) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    const patience = new AbortController();
    await Promise.race([Promise.allSettled(this.#running), pause(FINISH_MS, patience.signal)]);
    patience.abort();
  }

  /** Only what is due before all others moves the timer: a thousand tasks that end do not each look at a thousand. */
  #arm(due: number): void {
    if (this.#stopped || due >= this.#next) return;
    clearTimeout(this.#timer);
    this.#next = due;
    this.#timer = setTimeout(() => this.#fire(), Math.max(0, due - performance.now()));
  }

  #fire(): void {
    const [now, wallClock] = [performance.now(), Date.now()];
    this.#next = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries) {
      if (entry.running) continue;
      if (entry.due <= now + EARLY_MS) this.#start(entry, now, wallClock);
      else next = Math.min(next, entry.due);
    }
    this.#arm(next);
  }

  #start(entry: Entry, now: number, wallClock: number): void {
    entry.running = true;
    const late = now - entry.due;
    const due = { dueAt: Math.round(wallClock - late), lagMs: Math.max(0, late), missed: entry.missed };
    const run = entry.task.run(due).finally(() => {
      const { due, missed } = nextDue(entry.due, performance.now(), entry.task.periodMs);
      Object.assign(entry, { due, missed, running: false });
      this.#running.delete(run);
      if (this.#entries.has(entry)) this.#arm(due);
    });
    this.#running.add(run);
  }
}
