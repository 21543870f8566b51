import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { pause } from '#lib/lifecycle';

/** A change that nobody heard of, because Redis was away, is found by looking this often. */
const LOOK_MS = 1_000;

type Listener = () => void;

/** Tells those who follow a job that something about it is new; what it is, they read. One subscription for a process. */
export class JobChanges {
  readonly #subscriber: Redis;
  readonly #keys: Context['keys'];
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(subscriber: Redis, keys: Context['keys']) {
    this.#subscriber = subscriber;
    this.#keys = keys;
    subscriber.on('message', (channel: string) => {
      for (const tell of this.#listeners.get(channel) ?? []) tell();
    });
  }

  /** Notes changes from now on, until it is disposed of. */
  listen(id: number): ChangesOfJob {
    const channel = this.#keys.jobs.changed(id);
    const listeners = this.#listeners.get(channel) ?? new Set();
    const listener = () => changes.note();
    const changes = new ChangesOfJob(() => this.#leave(channel, listener));
    if (listeners.size === 0) {
      this.#listeners.set(channel, listeners);
      // It waits for Redis as long as it takes; meanwhile there is the look.
      void this.#subscriber.subscribe(channel).then(listener, () => {});
    }
    listeners.add(listener);
    return changes;
  }

  #leave(channel: string, listener: Listener): void {
    const listeners = this.#listeners.get(channel);
    listeners?.delete(listener);
    if (listeners === undefined || listeners.size > 0) return;
    this.#listeners.delete(channel);
    void this.#subscriber.unsubscribe(channel).catch(() => {
      // Redis is away, and with it the subscription.
    });
  }
}

class ChangesOfJob implements Disposable {
  readonly #leave: () => void;
  #wake = new AbortController();

  constructor(leave: () => void) {
    this.#leave = leave;
  }

  note(): void {
    this.#wake.abort();
  }

  /** Resolves at the first change since it last did, at the signal, or when it is time to look. */
  async next(signal: AbortSignal): Promise<void> {
    await pause(LOOK_MS, AbortSignal.any([this.#wake.signal, signal]));
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
  }

  [Symbol.dispose](): void {
    this.#leave();
  }
}
