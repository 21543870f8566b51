import type { Socket } from 'node:net';
import type { Failure } from '#lib/schemas/function';
import { HostConnection, type NoAnswer, TIMED_OUT } from '../connection.ts';
import { endedFailure, timeoutFailure, unusableSnapshot } from '../failures.ts';
import type { Host, HostOrder, Outcome } from '../host.ts';
import type { HostContext } from '../protocol.ts';

/** A worker that does not obey within this time takes the whole process with it. */
const OBEY_MS = 200;

/** What the host process reports of a worker goes here. */
export type Resident = { log: HostOrder['log']; ended: (how: string) => void };

/** How to end a worker. */
export type WorkerHandle = { pid: number; stop: () => void; kill: () => void };

/** One function in one worker thread of the JavaScript host process. */
export class JavaScriptHost implements Host {
  readonly ended: Promise<string>;
  readonly #connection: HostConnection;
  readonly #order: HostOrder;
  readonly #worker: WorkerHandle;

  constructor(order: HostOrder, socket: Socket, ended: Promise<string>, worker: WorkerHandle) {
    this.ended = ended;
    this.#order = order;
    this.#connection = new HostConnection(socket);
    this.#worker = worker;
  }

  get pid(): number {
    return this.#worker.pid;
  }

  async load(timeoutMs: number): Promise<Failure | null> {
    const answer = await this.#connection.load(this.#order, timeoutMs);
    if (answer === null) return null;
    const failure = typeof answer === 'symbol' ? await this.#noAnswer(answer, timeoutMs, 'init') : answer;
    await this[Symbol.asyncDispose]();
    return failure;
  }

  async restore(snapshot: string, timeoutMs: number): Promise<void> {
    const lost = await this.#connection.restore(snapshot, timeoutMs);
    if (typeof lost === 'string') this.#order.log('vigia', unusableSnapshot(lost));
    else if (lost !== null) await this[Symbol.asyncDispose]();
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
    await this.#end();
  }

  async #noAnswer(why: NoAnswer, timeoutMs: number, ifEnded: 'init' | 'exit'): Promise<Failure> {
    const how = await this.#end();
    return why === TIMED_OUT ? timeoutFailure(timeoutMs) : endedFailure(ifEnded, how);
  }

  async #end(): Promise<string> {
    this.#worker.stop();
    const timer = setTimeout(() => this.#worker.kill(), OBEY_MS);
    const how = await this.ended;
    clearTimeout(timer);
    this.#connection.close();
    return how;
  }
}
