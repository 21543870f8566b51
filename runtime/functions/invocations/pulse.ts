/** How often it beats while somebody waits for it. */
const BEAT_MS = 250;

/** One timer for all who have something to do soon: what they send to Redis goes in one write. */
export class Pulse {
  #waiting: (() => void)[] = [];

  /** Calls back at the next beat, once. */
  next(callback: () => void): void {
    if (this.#waiting.length === 0) setTimeout(() => this.#beat(), BEAT_MS);
    this.#waiting.push(callback);
  }

  #beat(): void {
    for (const callback of this.#waiting.splice(0)) callback();
  }
}
