import { once } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import { pause } from '#lib/lifecycle';

/** How long connections that are in use have to hear that they are to end. */
const LEAVE_MS = 300;
/** How long what is under way has to be answered. */
const ANSWER_MS = 3_000;
/** How often connections that have nothing more under way are hung up on. */
const LOOK_MS = 100;

/**
 * How a server ends without losing a request. Whoever keeps a connection for the next request is told with an answer that there
 * is no next one here; to close it under a request that is on its way would lose that.
 */
export class Departure {
  readonly #answering = new Set<ServerResponse>();
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** To be told of each request, before it is answered. */
  met(response: ServerResponse): void {
    if (this.#hasBegun) sayClose(response);
    this.#answering.add(response);
    response.once('close', () => this.#answering.delete(response));
  }

  /** From now on everybody is told; resolves when there was time for it. */
  async begin(server: Server): Promise<void> {
    this.#hasBegun = true;
    for (const response of this.#answering) sayClose(response);
    const connections = await new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
    if (connections !== 0) await pause(LEAVE_MS, new AbortController().signal);
  }

  /** Takes no new connection, lets answers under way finish, and hangs up on connections that only wait. */
  async end(server: Server): Promise<void> {
    const closed = once(server, 'close');
    server.close();
    server.closeIdleConnections();
    // Some were told too late, in the middle of their answer.
    const looking = setInterval(() => server.closeIdleConnections(), LOOK_MS);
    const patience = setTimeout(() => server.closeAllConnections(), ANSWER_MS);
    await closed;
    clearInterval(looking);
    clearTimeout(patience);
  }
}

function sayClose(response: ServerResponse): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
