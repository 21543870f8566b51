import type { Redis } from 'ioredis';
import type { Caller } from '#lib/auth/caller';
import { isOver, parseEnding } from '#lib/auth/credential-endings';
import type { Viewer } from './viewer.ts';

/** The open streams of people who had to sign in for them: a stream ends with what it was opened with. */
export class SignedInViewers {
  readonly #callers = new Map<Viewer, Caller>();

  constructor(subscriber: Redis, endings: string) {
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === endings) this.#end(message);
    });
    // An ending may have been told while nobody listened, so everybody shows again who they are.
    subscriber.on('ready', () => {
      for (const viewer of this.#callers.keys()) viewer.end();
    });
    void subscriber.subscribe(endings).catch(() => {
      // The subscriber was closed before Redis answered.
    });
  }

  add(viewer: Viewer, caller: Caller): void {
    this.#callers.set(viewer, caller);
  }

  delete(viewer: Viewer): void {
    this.#callers.delete(viewer);
  }

  #end(message: string): void {
    const ending = parseEnding(message);
    for (const [viewer, caller] of this.#callers) if (isOver(ending, caller)) viewer.end();
  }
}
