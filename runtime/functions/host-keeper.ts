import { messageOf } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import type { Failure } from '#lib/schemas/function';
import { Backoff } from '#runtime/supervise/backoff';
import { endedFailure } from './hosts/failures.ts';
import type { Host, Outcome } from './hosts/host.ts';

/** Top-level code may take its time; numpy and a model need seconds. */
export const LOAD_MS = 60_000;

type Events = {
  loaded(host: Host): void;
  /** It crashed or does not load, and is started again at `retryAt` (ms since the epoch). */
  failed(failure: Failure, retryAt: number): void;
};

/** Keeps one host running: loads it, and starts it again with growing waits, 1 to 60 s, when it dies or does not load. */
export class HostKeeper implements AsyncDisposable {
  readonly #start: () => Promise<Host>;
  readonly #snapshot: (signal: AbortSignal) => Promise<string>;
  readonly #events: Events;
  readonly #stop = new AbortController();
  readonly #backoff = new Backoff(1_000, 60_000);
  readonly #done: Promise<void>;
  #host: Host | null = null;
  #inFlight: Promise<Outcome> | null = null;

  /** `snapshot` is what the `env` of each new host starts with; it may take its time. */
  constructor(start: () => Promise<Host>, snapshot: (signal: AbortSignal) => Promise<string>, events: Events) {
    this.#start = start;
    this.#snapshot = snapshot;
    this.#events = events;
    this.#done = this.#keep();
  }

  /** Null while there is no host to ask. */
  async invoke(input: Buffer, timeoutMs: number): Promise<Outcome | null> {
    if (this.#host === null) return null;
    this.#inFlight = this.#host.invoke(input, timeoutMs);
    const outcome = await this.#inFlight;
    this.#inFlight = null;
    if (!isDeath(outcome)) this.#backoff.reset();
    return outcome;
  }

  get ready(): boolean {
    return this.#host !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#host?.[Symbol.asyncDispose]();
    await this.#done;
  }

  async #keep(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      const failure = await this.#liveOnce();
      if (signal.aborted) return;
      const wait = this.#backoff.take();
      this.#events.failed(failure, Date.now() + wait);
      await pause(wait, signal);
    }
  }

  /** One life of a host, from its start to the reason of its end. */
  async #liveOnce(): Promise<Failure> {
    let host: Host;
    try {
      host = await this.#start();
    } catch (error) {
      return { kind: 'init', message: messageOf(error) };
    }
    if (this.#stop.signal.aborted) {
      await host[Symbol.asyncDispose]();
      return endedFailure('exit', 'was stopped');
    }
    const failure = await host.load(LOAD_MS);
    if (failure !== null) return failure;
    const snapshot = await this.#snapshot(this.#stop.signal);
    if (snapshot !== '') await host.restore(snapshot, null, LOAD_MS);
    if (this.#stop.signal.aborted) {
      await host[Symbol.asyncDispose]();
      return endedFailure('exit', 'was stopped');
    }
    this.#host = host;
    this.#events.loaded(host);
    const { how } = await host.ended;
    // The invocation that it died of knows more than the exit code: that it was a deadline, say.
    const last = await this.#inFlight;
    this.#host = null;
    return last !== null && isDeath(last) ? last.failure : endedFailure('exit', how);
  }
}

function isDeath(outcome: Outcome): outcome is Outcome & { kind: 'failed' } {
  return outcome.kind === 'failed' && (outcome.failure.kind === 'timeout' || outcome.failure.kind === 'exit');
}
