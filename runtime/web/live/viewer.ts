import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { type EventId, isAfter } from './frames.ts';
import { ownSocket } from './own-socket.ts';

/** A viewer that is further behind than this is dropped; its browser connects again and resumes. */
const MAX_BEHIND = 1024 * 1024;

/** One open stream. It gets every event once and in order, also those that came while it was still catching up. */
export class Viewer {
  /** Until its headers are sent; what would keep it afterwards costs more than all else of a viewer. */
  #response: ServerResponse | null;
  #socket: Socket | null = null;
  #last: EventId = { ms: 0, seq: 0 };
  #held: { id: EventId; frame: Buffer }[] | null = null;

  #gone: (() => void) | null = null;
  #isGone = false;

  constructor(response: ServerResponse) {
    this.#response = response;
    response.on('error', () => response.destroy());
    response.once('close', () => {
      if (this.#socket === null) this.#leave();
    });
  }

  /** Whether its connection has ended. */
  get isGone(): boolean {
    return this.#isGone;
  }

  /** Calls this once, when the connection ends. */
  whenGone(gone: () => void): void {
    this.#gone = gone;
  }

  /** Sends the headers. What follows is the body, which ends with the connection. */
  open(headers: Record<string, string>): void {
    const response = this.#response;
    if (response === null) return;
    response.useChunkedEncodingByDefault = false;
    response.writeHead(200, { ...headers, Connection: 'close' });
    response.flushHeaders();
    this.#response = null;
    this.#socket = ownSocket(response);
    this.#socket?.once('close', () => this.#leave());
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
    const socket = this.#socket;
    if (socket === null || socket.destroyed) return;
    socket.write(frame);
    if (socket.writableLength > MAX_BEHIND) socket.destroy();
  }

  end(): void {
    this.#response?.end();
    this.#socket?.destroySoon();
  }

  #leave(): void {
    this.#isGone = true;
    this.#gone?.();
    this.#gone = null;
  }
}
