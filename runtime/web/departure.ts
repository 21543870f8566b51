import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { pause } from '#lib/lifecycle';

/** How long what is under way has to be answered. */
const ANSWER_MS = 3_000;
/** How often connections that have nothing more under way are hung up on. */
const LOOK_MS = 100;
/** A turn of the event loop that took no longer did hardly anything: there was nothing to read. */
const CALM_MS = 5;
/** How long a turn like that is waited for. */
const PATIENCE_MS = 500;

/**
 * How a server ends without losing a request. Whoever keeps a connection for the next request is told with an answer that there
 * is no next one here; to close it under a request that is on its way would lose that.
 */
export class Departure {
  readonly #answering = new Set<ServerResponse>();
  /** Connections that have not asked for anything. */
  readonly #unused = new Set<Socket>();
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** To be told of each connection. */
  opened(socket: Socket): void {
    this.#unused.add(socket);
    socket.once('close', () => this.#unused.delete(socket));
  }

  /** To be told of each request, before it is answered. */
  met({ socket }: IncomingMessage, response: ServerResponse): void {
    this.#unused.delete(socket);
    if (this.#hasBegun) sayClose(response);
    this.#answering.add(response);
    response.once('close', () => this.#answering.delete(response));
  }

  /**
   * From now on everybody is told, and served all the same, for so long. What asks nothing meanwhile is closed by the server
   * itself after its keep-alive time, which its client knows.
   */
  async begin(graceMs: number): Promise<void> {
    this.#hasBegun = true;
    for (const response of this.#answering) sayClose(response);
    await pause(graceMs, new AbortController().signal);
  }

  /** Takes no new connection, lets answers under way finish, and hangs up on connections that only wait. */
  async end(server: Server): Promise<void> {
    const closed = once(server, 'close');
    await calmTurn();
    // It hangs up on those that wait as well, but not on what a browser opens for later.
    server.close();
    for (const socket of this.#unused) if (socket.bytesRead === 0) socket.destroy();
    // Some were told too late, in the middle of their answer.
    const looking = setInterval(() => void calmTurn().then(() => server.closeIdleConnections()), LOOK_MS);
    const patience = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
    await closed;
    clearInterval(looking);
    clearTimeout(patience);
  }
}

/**
 * Resolves when all that has come was read: a connection whose request waits to be read looks like one that only waits, and so
 * does one that has not been accepted. While pages are made, much comes in a turn.
 */
async function calmTurn(): Promise<void> {
  const startedAt = performance.now();
  let turnAt: number;
  do {
    turnAt = performance.now();
    await setImmediate();
  } while (performance.now() - turnAt > CALM_MS && performance.now() - startedAt < PATIENCE_MS);
}

function sayClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
