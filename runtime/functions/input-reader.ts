import type { Context } from '#lib/context';
import { type InputText, readInputText } from '#lib/functions/input-text';

/** Reads input keys. Functions that are due together and read the same key share one reading. */
export class InputReader {
  readonly #ctx: Context;
  readonly #readings = new Map<string, Promise<InputText>>();

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Rejects when Redis does not answer. */
  read(key: string): Promise<InputText> {
    const shared = this.#readings.get(key);
    if (shared !== undefined) return shared;
    const reading = readInputText(this.#ctx, key);
    this.#readings.set(key, reading);
    // Only who asks in the same turn of the event loop: a later one may ask because of a later write.
    setImmediate(() => this.#readings.delete(key));
    return reading;
  }
}
