import { MAX_TEXT_BYTES } from '#lib/functions/input-text';
import type { Failure } from '#lib/schemas/function';
import { type Answer, type NoAnswer, TIMED_OUT } from './connection.ts';
import { endedFailure, timeoutFailure, unusableSnapshot } from './failures.ts';
import type { End, Host, HostOrder, Outcome } from './host.ts';
import { type HostContext, type LoadOrder, SNAPSHOT_LIMITS, type Snapshot, toHost, toRuntime } from './protocol.ts';
import { parseFailure, parseRestored, parseSnapshot } from './reports.ts';

/** What a host needs of the place that it lives in. */
type Seat = {
  readonly pid: number;
  readonly ended: Promise<End>;
  ask(type: number, payload: Buffer | string, timeoutMs: number): Promise<Answer | NoAnswer>;
  tell(type: number, payload: string): void;
  leave(): Promise<void>;
};

/** A host behind a connection, wherever it lives and with whom. */
export class ConnectedHost implements Host {
  readonly #order: HostOrder;
  readonly #seat: Seat;

  constructor(order: HostOrder, seat: Seat) {
    this.#order = order;
    this.#seat = seat;
  }

  get pid(): number {
    return this.#seat.pid;
  }

  get ended(): Promise<End> {
    return this.#seat.ended;
  }

  async load(timeoutMs: number): Promise<Failure | null> {
    const { path, handler, imports } = this.#order;
    const order: LoadOrder = { path, handler, imports, maxResultBytes: MAX_TEXT_BYTES, snapshots: SNAPSHOT_LIMITS };
    const answer = await this.#seat.ask(toHost.load, JSON.stringify(order), timeoutMs);
    if (typeof answer === 'symbol') return this.#noAnswer(answer, timeoutMs, 'init', await this.ended);
    if (answer.frame.type === toRuntime.loaded) return null;
    await this.#seat.leave();
    return parseFailure(answer.frame.payload);
  }

  async restore(snapshot: string, lastExecutionAt: number | null, timeoutMs: number): Promise<void> {
    const answer = await this.#seat.ask(toHost.restore, `${lastExecutionAt}\n${snapshot}`, timeoutMs);
    if (typeof answer === 'symbol') return void (await this.ended);
    const { notRestored } = parseRestored(answer.frame.payload);
    if (notRestored !== undefined) this.#order.log('vigia', unusableSnapshot(notRestored));
  }

  async save(timeoutMs: number): Promise<Snapshot | null> {
    const answer = await this.#seat.ask(toHost.save, '', timeoutMs);
    if (typeof answer !== 'symbol')
      return answer.frame.payload.length === 0 ? null : parseSnapshot(answer.frame.payload);
    await this.ended;
    return null;
  }

  setContext(context: HostContext): void {
    this.#seat.tell(toHost.context, JSON.stringify(context));
  }

  async invoke(input: Buffer, timeoutMs: number): Promise<Outcome> {
    const answer = await this.#seat.ask(toHost.invoke, input, timeoutMs);
    if (typeof answer === 'symbol') {
      const end = await this.ended;
      if (end.innocent) return { kind: 'unserved' };
      return { kind: 'failed', failure: this.#noAnswer(answer, timeoutMs, 'exit', end) };
    }
    const { type, payload } = answer.frame;
    if (type !== toRuntime.result) return { kind: 'failed', failure: parseFailure(payload) };
    const text = payload.toString('utf8');
    const news = answer.ahead === null ? {} : { snapshot: parseSnapshot(answer.ahead.payload) };
    return text === '' ? { kind: 'nothing', ...news } : { kind: 'result', text, ...news };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#seat.leave();
  }

  #noAnswer(why: NoAnswer, timeoutMs: number, ifEnded: 'init' | 'exit', { how }: End): Failure {
    return why === TIMED_OUT ? timeoutFailure(timeoutMs) : endedFailure(ifEnded, how);
  }
}
