/** Waits that double from `firstMs` to `maxMs`, and start again after a success. */
export class Backoff {
  #next: number;
  readonly #firstMs: number;
  readonly #maxMs: number;

  constructor(firstMs: number, maxMs: number) {
    this.#firstMs = firstMs;
    this.#maxMs = maxMs;
    this.#next = firstMs;
  }

  /** How long to wait now. */
  take(): number {
    const wait = this.#next;
    this.#next = Math.min(this.#next * 2, this.#maxMs);
    return wait;
  }

  reset(): void {
    this.#next = this.#firstMs;
  }
}
