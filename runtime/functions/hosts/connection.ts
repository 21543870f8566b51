import type { Duplex } from 'node:stream';
import type { Failure } from '#lib/schemas/function';
import { encodeFrame, type Frame, FrameReader } from '#runtime/supervise/frames';
import type { HostOrder, Outcome } from './host.ts';
import {
  type HostContext,
  type LoadOrder,
  MAX_TEXT_BYTES,
  SNAPSHOT_LIMITS,
  type Snapshot,
  toHost,
  toRuntime,
} from './protocol.ts';
import { hostFailure, parseSnapshot, restoredReport } from './reports.ts';

/** The answer did not come in time. */
export const TIMED_OUT = Symbol('timed out');
/** The host closed its side, or spoke nonsense. */
export const CLOSED = Symbol('closed');
export type NoAnswer = typeof TIMED_OUT | typeof CLOSED;

/** The runtime's side of the protocol over one byte stream: one question at a time, one answer each. */
export class HostConnection {
  readonly #stream: Duplex;
  readonly #reader = new FrameReader();
  #answer: ((frame: Frame | NoAnswer) => void) | null = null;
  /** Came ahead of the answer that is being waited for. */
  #snapshot: Snapshot | undefined;
  #closed = false;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (chunk: Buffer) => this.#receive(chunk));
    stream.on('error', () => this.#close());
    stream.once('close', () => this.#close());
    stream.once('end', () => this.#close());
  }

  async load({ path, handler, imports }: HostOrder, timeoutMs: number): Promise<Failure | NoAnswer | null> {
    const order: LoadOrder = { path, handler, imports, maxResultBytes: MAX_TEXT_BYTES, snapshots: SNAPSHOT_LIMITS };
    const frame = await this.#ask(toHost.load, JSON.stringify(order), timeoutMs);
    if (typeof frame === 'symbol') return frame;
    return frame.type === toRuntime.loaded ? null : parseFailure(frame);
  }

  /** Why the snapshot is of no use, or null when `env` is as it was. */
  async restore(
    snapshot: string,
    lastExecutionAt: number | null,
    timeoutMs: number,
  ): Promise<string | NoAnswer | null> {
    const frame = await this.#ask(toHost.restore, `${lastExecutionAt}\n${snapshot}`, timeoutMs);
    if (typeof frame === 'symbol') return frame;
    return restoredReport.parse(JSON.parse(frame.payload.toString('utf8'))).notRestored ?? null;
  }

  /** Null when there is nothing new. */
  async save(timeoutMs: number): Promise<Snapshot | NoAnswer | null> {
    const frame = await this.#ask(toHost.save, '', timeoutMs);
    if (typeof frame === 'symbol') return frame;
    return frame.payload.length === 0 ? null : parseSnapshot(frame.payload);
  }

  setContext(context: HostContext): void {
    if (!this.#closed) this.#stream.write(encodeFrame(toHost.context, JSON.stringify(context)));
  }

  async invoke(input: Buffer, timeoutMs: number): Promise<Outcome | NoAnswer> {
    const frame = await this.#ask(toHost.invoke, input, timeoutMs);
    if (typeof frame === 'symbol') return frame;
    if (frame.type !== toRuntime.result) return { kind: 'failed', failure: parseFailure(frame) };
    const text = frame.payload.toString('utf8');
    const news = this.#snapshot === undefined ? {} : { snapshot: this.#snapshot };
    return text === '' ? { kind: 'nothing', ...news } : { kind: 'result', text, ...news };
  }

  close(): void {
    this.#stream.destroy();
    this.#close();
  }

  #ask(type: number, payload: Buffer | string, timeoutMs: number): Promise<Frame | NoAnswer> {
    return new Promise((resolve) => {
      if (this.#closed) return resolve(CLOSED);
      this.#snapshot = undefined;
      const timer = setTimeout(() => this.#answer?.(TIMED_OUT), timeoutMs);
      this.#answer = (frame) => {
        clearTimeout(timer);
        this.#answer = null;
        resolve(frame);
      };
      this.#stream.write(encodeFrame(type, payload));
    });
  }

  #receive(chunk: Buffer): void {
    try {
      for (const frame of this.#reader.push(chunk)) {
        if (frame.type === toRuntime.snapshot) this.#snapshot = parseSnapshot(frame.payload);
        else this.#answer?.(frame);
      }
    } catch {
      this.close();
    }
  }

  #close(): void {
    this.#closed = true;
    this.#answer?.(CLOSED);
  }
}

function parseFailure(frame: Frame): Failure {
  return hostFailure.parse(JSON.parse(frame.payload.toString('utf8')));
}
