import type { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { isOver, parseEnding } from '#lib/auth/credential-endings';

type Stream = { end(): void };

/** The open streams of people who had to sign in for them: a stream ends with what it was opened with. */
export class SignedInViewers {
  readonly #callers = new Map<Stream, Caller>();

  constructor(subscriber: Redis, endings: string) {
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === endings) this.#end(message);
    });
    // An ending may have been told while nobody listened, so everybody shows again who they are.
    subscriber.on('ready', () => {
      for (const stream of this.#callers.keys()) stream.end();
    });
    void subscriber.subscribe(endings).catch(() => {
      // The subscriber was closed before Redis answered.
    });
  }

  add(stream: Stream, caller: Caller): void {
    this.#callers.set(stream, caller);
  }

  delete(stream: Stream): void {
    this.#callers.delete(stream);
  }

  #end(message: string): void {
    const ending = parseEnding(message);
    for (const [stream, caller] of this.#callers) if (isOver(ending, caller)) stream.end();
  }
}
