/** Lets one at a time through, in the order in which they came. */
export class Turn {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is our turn; what it resolves with ends that. */
  async take(): Promise<() => void> {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    await before;
    return resolve;
  }
}
