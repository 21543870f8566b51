import { messageOf } from '#lib/errors';
import type { Failure } from '#lib/schemas/function';
import type { End, Host, Outcome } from './host.ts';
import type { HostContext, Snapshot } from './protocol.ts';

/** A host to load a function in, and how long that may take there. */
export type Placed = { host: Host; loadMs: number };

/**
 * A host that may be another one until its code has loaded: when it had to end on account of others, it starts again where
 * there is room; when loading keeps others waiting for too long, it starts again where it may take its time.
 */
export class MovingHost implements Host {
  readonly #place: () => Promise<Placed>;
  readonly #ended = Promise.withResolvers<End>();
  #placed: Placed;
  #context: HostContext | null = null;
  #disposed = false;

  static async start(place: () => Promise<Placed>): Promise<MovingHost> {
    return new MovingHost(place, await place());
  }

  private constructor(place: () => Promise<Placed>, first: Placed) {
    this.#place = place;
    this.#placed = first;
  }

  get pid(): number {
    return this.#host.pid;
  }

  get ended(): Promise<End> {
    return this.#ended.promise;
  }

  async load(timeoutMs: number): Promise<Failure | null> {
    const { host, loadMs } = this.#placed;
    const failure = await host.load(Math.min(timeoutMs, loadMs));
    if (failure !== null && !this.#disposed) {
      const tooSlow = failure.kind === 'timeout' && loadMs < timeoutMs;
      if (tooSlow || (await host.ended).innocent) return await this.#loadElsewhere(timeoutMs);
    }
    this.#ended.resolve(host.ended);
    return failure;
  }

  restore(snapshot: string, lastExecutionAt: number | null, timeoutMs: number): Promise<void> {
    return this.#host.restore(snapshot, lastExecutionAt, timeoutMs);
  }

  save(timeoutMs: number): Promise<Snapshot | null> {
    return this.#host.save(timeoutMs);
  }

  setContext(context: HostContext): void {
    this.#context = context;
    this.#host.setContext(context);
  }

  invoke(input: Buffer, timeoutMs: number): Promise<Outcome> {
    return this.#host.invoke(input, timeoutMs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true;
    this.#ended.resolve(this.#host.ended);
    await this.#host[Symbol.asyncDispose]();
  }

  get #host(): Host {
    return this.#placed.host;
  }

  async #loadElsewhere(timeoutMs: number): Promise<Failure | null> {
    try {
      this.#placed = await this.#place();
    } catch (error) {
      this.#ended.resolve(this.#host.ended);
      return { kind: 'init', message: messageOf(error) };
    }
    if (this.#disposed) await this.#host[Symbol.asyncDispose]();
    else if (this.#context !== null) this.#host.setContext(this.#context);
    return await this.load(timeoutMs);
  }
}
