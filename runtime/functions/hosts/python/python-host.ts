import { join } from 'node:path';
import type { Failure } from '#lib/schemas/function';
import { type Child, describeExit, startChild } from '#runtime/supervise/child';
import { readLines } from '#runtime/supervise/log-lines';
import { type CLOSED, HostConnection, TIMED_OUT } from '../connection.ts';
import { endedFailure, timeoutFailure, unusableSnapshot } from '../failures.ts';
import type { Host, HostOrder, Outcome } from '../host.ts';
import type { HostContext } from '../protocol.ts';

const HOST_PROGRAM = join(import.meta.dirname, 'host.py');

/** Starts a `python3` child for one function; throws when the interpreter cannot be run. */
export async function startPythonHost(
  order: HostOrder,
  python: string,
  env: Readonly<Record<string, string>>,
): Promise<Host> {
  const child = await startChild({
    command: python,
    args: [HOST_PROGRAM],
    env: { ...env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
    link: 'frames',
    ifParentDies: 'SIGKILL',
  });
  return new PythonHost(child, order);
}

class PythonHost implements Host {
  readonly ended: Promise<string>;
  readonly #child: Child;
  readonly #connection: HostConnection;
  readonly #order: HostOrder;

  constructor(child: Child, order: HostOrder) {
    if (child.frames === null) throw new Error('A Python host needs its frame descriptor');
    this.#child = child;
    this.#order = order;
    this.#connection = new HostConnection(child.frames);
    this.ended = child.exited.then(describeExit);
    readLines(child.stdout, (line) => order.log('stdout', line));
    readLines(child.stderr, (line) => order.log('stderr', line));
  }

  get pid(): number {
    return this.#child.pid;
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
    this.#child.kill();
    this.#connection.close();
    await this.#child.exited;
  }

  async #noAnswer(
    why: typeof TIMED_OUT | typeof CLOSED,
    timeoutMs: number,
    ifEnded: 'init' | 'exit',
  ): Promise<Failure> {
    if (why === TIMED_OUT) this.#child.kill();
    const exit = await this.#closedSoon();
    return why === TIMED_OUT ? timeoutFailure(timeoutMs) : endedFailure(ifEnded, exit);
  }

  /** A host that closed its descriptor but lives on is of no use: it gets a moment to end, then it is ended. */
  async #closedSoon(): Promise<string> {
    const timer = setTimeout(() => this.#child.kill(), 200);
    const exit = await this.ended;
    clearTimeout(timer);
    return exit;
  }
}
