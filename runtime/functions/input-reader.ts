import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { MAX_TEXT_BYTES } from './hosts/protocol.ts';

/** The raw text of an input key; a sentence when it cannot be used; undefined when there is none. */
export type Input = Buffer | string | undefined;

/** Reads input keys. Functions that are due together and read the same key share one reading. */
export class InputReader {
  readonly #ctx: Context;
  readonly #readings = new Map<string, Promise<Input>>();

  constructor(ctx: Context) {
    this.#ctx = ctx;
  }

  /** Rejects when Redis does not answer. */
  read(key: string): Promise<Input> {
    const shared = this.#readings.get(key);
    if (shared !== undefined) return shared;
    const reading = this.#read(key);
    this.#readings.set(key, reading);
    // Only who asks in the same turn of the event loop: a later one may ask because of a later write.
    setImmediate(() => this.#readings.delete(key));
    return reading;
  }

  async #read(key: string): Promise<Input> {
    try {
      const text = await this.#ctx.redis.getrangeBuffer(key, 0, MAX_TEXT_BYTES);
      if (text.length > MAX_TEXT_BYTES) return `larger than ${MAX_TEXT_BYTES / 1024 / 1024} MiB`;
      return text.length === 0 ? undefined : text;
    } catch (error) {
      if (messageOf(error).startsWith('WRONGTYPE')) return 'not a string';
      throw error;
    }
  }
}
