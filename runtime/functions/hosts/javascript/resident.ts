import { statSync } from 'node:fs';
import type { Failure } from '#lib/schemas/function';
import { encodeFrame } from '#runtime/supervise/frames';
import { type HostContext, type LoadOrder, SNAPSHOT_LIMITS, toRuntime } from '../protocol.ts';
import { EnvSaver } from './env-saver.ts';
import { describe } from './failures.ts';
import { type Handler, importHandler, localTime } from './import-handler.ts';
import { RequireView } from './own-modules.ts';
import { BadResult, serialiseResult } from './serialise-result.ts';

/** One function in this thread: its code, its context and its env. What it returns are the frames of an answer. */
export class Resident {
  readonly required = new RequireView();
  readonly #number: number;
  /** What the reference runtime refreshes before each call. */
  readonly #fixed: Partial<HostContext> & { function_getmtime?: string } = {};
  readonly #context: { last_execution: Date | null; env: unknown } = { last_execution: null, env: {} };
  #saver = new EnvSaver(SNAPSHOT_LIMITS);
  #handler: Handler | null = null;
  #maxResultBytes = 0;

  constructor(number: number) {
    this.#number = number;
  }

  setContext(context: HostContext): void {
    Object.assign(this.#fixed, context);
  }

  async load(order: LoadOrder): Promise<Buffer> {
    try {
      this.#maxResultBytes = order.maxResultBytes;
      this.#saver = new EnvSaver(order.snapshots);
      this.#fixed.function_getmtime = localTime(statSync(order.path).mtime);
      this.#handler = await importHandler(order.path, order.handler, this.#number);
      return this.#frame(toRuntime.loaded, '{}');
    } catch (error) {
      return this.#failed('init', error);
    }
  }

  /** The runtime is told why when the snapshot is of no use; env then starts empty, and the next call is the first. */
  restore(payload: string): Buffer {
    const end = payload.indexOf('\n');
    const lastExecutionAt: number | null = JSON.parse(payload.slice(0, end));
    let notRestored: string | undefined;
    try {
      if (payload.length > end + 1) this.#context.env = this.#saver.restore(payload.slice(end + 1));
      this.#context.last_execution = lastExecutionAt === null ? null : new Date(lastExecutionAt);
    } catch (error) {
      notRestored = String(error instanceof Error ? error.message : error).slice(0, 1000);
    }
    return this.#frame(toRuntime.restored, JSON.stringify({ notRestored }));
  }

  save(): Buffer {
    return this.#frame(toRuntime.saved, this.#saver.takeNow(this.#context.env) ?? '');
  }

  invoke(payload: Buffer): Buffer | Promise<Buffer> {
    let event: unknown;
    try {
      event = JSON.parse(payload.toString('utf8'));
    } catch (error) {
      return this.#failed('bad-input', new BadResult(`not JSON: ${error instanceof Error ? error.message : error}`));
    }
    Object.assign(this.#context, this.#fixed);
    let output: unknown;
    try {
      output = this.#handler?.(event, this.#context);
    } catch (error) {
      return this.#threw(error);
    }
    return output instanceof Promise
      ? output.then(
          (value: unknown) => this.#returned(value),
          (error: unknown) => this.#threw(error),
        )
      : this.#returned(output);
  }

  #threw(error: unknown): Buffer {
    this.#context.last_execution = new Date();
    return this.#failed('invocation', error);
  }

  #returned(output: unknown): Buffer {
    this.#context.last_execution = new Date();
    let text: string;
    try {
      text = serialiseResult(output, this.#maxResultBytes);
    } catch (error) {
      return this.#failed('bad-result', error);
    }
    // Only a good invocation has a snapshot, which comes before its result.
    const news = this.#saver.take(this.#context.env);
    const result = this.#frame(toRuntime.result, text);
    return news === null ? result : Buffer.concat([this.#frame(toRuntime.snapshot, news), result]);
  }

  #failed(kind: Failure['kind'], thrown: unknown): Buffer {
    return this.#frame(toRuntime.failed, JSON.stringify(describe(kind, thrown)));
  }

  #frame(type: number, payload: string): Buffer {
    return encodeFrame(type, this.#number, payload);
  }
}
