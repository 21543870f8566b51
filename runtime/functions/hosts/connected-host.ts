import type { Duplex } from 'node:stream';
import type { Failure } from '#lib/schemas/function';
import { HostConnection, type NoAnswer, TIMED_OUT } from './connection.ts';
import { endedFailure, timeoutFailure, unusableSnapshot } from './failures.ts';
import type { End, Host, HostOrder, Outcome } from './host.ts';
import type { HostContext, Snapshot } from './protocol.ts';

/** How long a host may take to end before it is ended for good. */
const OBEY_MS = 200;

/** Why a host is to end: nobody needs it any more, or it did not answer. */
export type EndReason = 'disposed' | NoAnswer;

/** Where a host lives. */
export type Life = {
  pid: number;
  /** Resolves when it has ended. */
  ended: Promise<End>;
  /** Asks it to end. One that has closed its side is ending by itself. */
  stop(why: EndReason): void;
  /** Ends it for good, with whatever shares its process. */
  kill(): void;
};

/** A host behind a connection, wherever it lives. */
export class ConnectedHost implements Host {
  readonly #order: HostOrder;
  readonly #connection: HostConnection;
  readonly #life: Life;

  constructor(order: HostOrder, stream: Duplex, life: Life) {
    this.#order = order;
    this.#connection = new HostConnection(stream);
    this.#life = life;
  }

  get pid(): number {
    return this.#life.pid;
  }

  get ended(): Promise<End> {
    return this.#life.ended;
  }

  async load(timeoutMs: number): Promise<Failure | null> {
    const answer = await this.#connection.load(this.#order, timeoutMs);
    if (answer === null) return null;
    const failure = typeof answer === 'symbol' ? await this.#noAnswer(answer, timeoutMs, 'init') : answer;
    await this[Symbol.asyncDispose]();
    return failure;
  }

  async restore(snapshot: string, lastExecutionAt: number | null, timeoutMs: number): Promise<void> {
    const lost = await this.#connection.restore(snapshot, lastExecutionAt, timeoutMs);
    if (typeof lost === 'string') this.#order.log('vigia', unusableSnapshot(lost));
    else if (lost !== null) await this.#end(lost);
  }

  async save(timeoutMs: number): Promise<Snapshot | null> {
    const answer = await this.#connection.save(timeoutMs);
    if (typeof answer !== 'symbol') return answer;
    await this.#end(answer);
    return null;
  }

  setContext(context: HostContext): void {
    this.#connection.setContext(context);
  }

  async invoke(input: Buffer, timeoutMs: number): Promise<Outcome> {
    const answer = await this.#connection.invoke(input, timeoutMs);
    if (typeof answer !== 'symbol') return answer;
    return { kind: 'failed', failure: await this.#noAnswer(answer, timeoutMs, 'exit') };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#end('disposed');
  }

  async #noAnswer(why: NoAnswer, timeoutMs: number, ifEnded: 'init' | 'exit'): Promise<Failure> {
    const { how } = await this.#end(why);
    return why === TIMED_OUT ? timeoutFailure(timeoutMs) : endedFailure(ifEnded, how);
  }

  async #end(why: EndReason): Promise<End> {
    this.#life.stop(why);
    const timer = setTimeout(() => this.#life.kill(), OBEY_MS);
    const end = await this.ended;
    clearTimeout(timer);
    this.#connection.close();
    return end;
  }
}
