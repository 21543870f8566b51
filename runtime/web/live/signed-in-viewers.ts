import type { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { endOfCredential } from '#lib/auth/credential-end';
import { isOver, parseEnding } from '#lib/auth/credential-endings';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';

/** A timer takes no more than 24 days; and a clock that is put forward brings an end nearer. */
const LONGEST_MS = 3_600_000;
/** While Redis does not answer. */
const RETRY_MS = 1_000;

type Stream = { end(): void };
type Watched = { caller: Caller; closed: AbortController };

/** The open streams of people who had to sign in for them: a stream ends with what it was opened with. */
export class SignedInViewers {
  readonly #ctx: Context;
  readonly #streams = new Map<Stream, Watched>();

  constructor(ctx: Context, subscriber: Redis) {
    const { endings } = ctx.keys.accounts;
    this.#ctx = ctx;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === endings) this.#end(message);
    });
    // An ending may have been told while nobody listened, so everybody shows again who they are.
    subscriber.on('ready', () => {
      for (const stream of this.#streams.keys()) stream.end();
    });
    void subscriber.subscribe(endings).catch(() => {
      // The subscriber was closed before Redis answered.
    });
  }

  add(stream: Stream, caller: Caller): void {
    const closed = new AbortController();
    this.#streams.set(stream, { caller, closed });
    void this.#untilOver(caller, closed.signal).then(() => {
      if (!closed.signal.aborted) stream.end();
    });
  }

  delete(stream: Stream): void {
    this.#streams.get(stream)?.closed.abort();
    this.#streams.delete(stream);
  }

  #end(message: string): void {
    const ending = parseEnding(message);
    for (const [stream, { caller }] of this.#streams) if (isOver(ending, caller)) stream.end();
  }

  /** Of an end that comes with time nobody is told; and one that comes nearer was put off if it was used since. */
  async #untilOver(caller: Caller, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const left = await this.#timeLeft(caller);
      if (left <= 0) return;
      await pause(Math.min(left, LONGEST_MS), signal);
    }
  }

  async #timeLeft(caller: Caller): Promise<number> {
    try {
      return ((await endOfCredential(this.#ctx, caller)) ?? 0) - Date.now();
    } catch (error) {
      this.#ctx.log.debug({ reason: messageOf(error) }, 'cannot tell when a stream is to end');
      return RETRY_MS;
    }
  }
}
