import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { liveMessage } from '#lib/keys';
import { Occurrences } from './occurrences.ts';

const CONNECT_MS = 5_000;

/**
 * Counts the results that functions publish. It looks for their first bytes on a plain socket: a client that parses a
 * thousand messages would still be at it when the last one has long been there.
 */
export class ResultCounter implements Disposable {
  readonly #socket: Socket;
  readonly #results = new Occurrences(`\r\n${liveMessage.result} `);
  #awaited: { count: number; reached: () => void } | null = null;

  /** `pattern` is that of the functions' live channels. */
  static async start(url: string, pattern: string): Promise<ResultCounter> {
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_MS) });
    socket.write(`PSUBSCRIBE ${pattern}\r\n`);
    await once(socket, 'data', { signal: AbortSignal.timeout(CONNECT_MS) });
    return new ResultCounter(socket);
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#results.push(chunk);
      if (this.#awaited !== null && this.#results.count >= this.#awaited.count) this.#awaited.reached();
    });
  }

  /** Resolves when so many more results have come than there were at the call. */
  async more(count: number, timeoutMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const before = this.#results.count;
    this.#awaited = { count: before + count, reached: resolve };
    const late = () => reject(new Error(`${this.#results.count - before} of ${count} results in ${timeoutMs} ms`));
    const timer = setTimeout(late, timeoutMs);
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#awaited = null;
    }
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}
