import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { untilAnswered } from './patience.ts';

/**
 * The newest snapshot of one function's `env`: in memory for the next start of its host, in Redis, written along with the
 * results, for the next runtime. '' is no snapshot.
 */
export class EnvStore {
  readonly #ctx: Context;
  readonly #name: string;
  #text: string | undefined;
  #unwritten: string | undefined;

  constructor(ctx: Context, name: string) {
    this.#ctx = ctx;
    this.#name = name;
  }

  /** Waits for Redis rather than start with an empty `env`, which would then overwrite the stored one. */
  async newest(signal: AbortSignal): Promise<string> {
    if (this.#text !== undefined) return this.#text;
    const { redis, keys } = this.#ctx;
    const read = () =>
      redis.get(keys.functionEnv(this.#name)).catch((error: unknown) => {
        // Not ours, and no waiting helps; the next write replaces it.
        if (messageOf(error).startsWith('WRONGTYPE')) return null;
        throw error;
      });
    const stored = await untilAnswered(read, signal);
    if (stored === undefined) return '';
    this.#text ??= stored ?? '';
    return this.#text;
  }

  /** After a good invocation. It is newer than what Redis has until it is `written`. */
  accept(text: string): void {
    this.#text = text;
    this.#unwritten = text;
  }

  /** Another runtime goes on from what Redis has. */
  forget(): void {
    this.#text = undefined;
    this.#unwritten = undefined;
  }

  /** What the next write of the function has to take along. */
  get unwritten(): string | undefined {
    return this.#unwritten;
  }

  written(text: string | undefined): void {
    if (this.#unwritten === text) this.#unwritten = undefined;
  }
}
