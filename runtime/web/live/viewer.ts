import type { ServerResponse } from 'node:http';
import { type EventId, isAfter } from './frames.ts';

/** A viewer that is further behind than this is dropped; its browser connects again and resumes. */
const MAX_BEHIND = 1024 * 1024;

/** One open stream. It gets every event once and in order, also those that came while it was still catching up. */
export class Viewer {
  readonly #response: ServerResponse;
  #last: EventId = { ms: 0, seq: 0 };
  #held: { id: EventId; frame: Buffer }[] | null = null;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Events up to this one are known already. */
  startAfter(last: EventId): void {
    this.#last = last;
  }

  /** Keeps what comes from now on until {@link release}. */
  hold(): void {
    this.#held ??= [];
  }

  release(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const { id, frame } of held) this.result(id, frame);
  }

  result(id: EventId, frame: Buffer): void {
    if (this.#held !== null) {
      this.#held.push({ id, frame });
      return;
    }
    this.caughtUp(id, frame);
  }

  /** An entry that was missed: it passes what is held back. */
  caughtUp(id: EventId, frame: Buffer): void {
    if (!isAfter(id, this.#last)) return;
    this.#last = id;
    this.write(frame);
  }

  write(frame: Buffer): void {
    this.#response.write(frame);
    if (this.#response.writableLength > MAX_BEHIND) this.#response.destroy();
  }

  end(): void {
    this.#response.end();
  }
}
