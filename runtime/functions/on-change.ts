import type { FunctionRunner } from './function-runner.ts';

/**
 * Runs a function as soon as its input key is written. The period is the least spacing between two runs: a write that
 * comes earlier waits for its turn, and several of them are one.
 */
export class OnChange implements AsyncDisposable {
  readonly #runner: FunctionRunner;
  #lastStart = Number.NEGATIVE_INFINITY;
  #writtenAt: number | null = null;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  #stopped = false;

  constructor(runner: FunctionRunner) {
    this.#runner = runner;
  }

  /** The input key has been written. */
  written(): void {
    // Nobody could be called: once there is a host, it is looked whether the input has changed.
    if (!this.#runner.isReady) return;
    this.#writtenAt ??= performance.now();
    this.#next();
  }

  /** Whether a run is under way or due, which may be for the very write that somebody else sees. */
  get busy(): boolean {
    return this.#running !== null || this.#writtenAt !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #next(): void {
    if (this.#stopped || this.#running !== null || this.#writtenAt === null) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    const wait = this.#lastStart + this.#runner.periodMs - now;
    if (wait > 0.5) {
      this.#timer = setTimeout(() => this.#next(), wait);
      return;
    }
    const lagMs = now - this.#writtenAt;
    this.#writtenAt = null;
    this.#lastStart = now;
    this.#running = this.#runner.run({ dueAt: Date.now(), lagMs, missed: 0 }).finally(() => {
      this.#running = null;
      this.#next();
    });
  }
}
