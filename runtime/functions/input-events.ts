import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { connect, createSubscriber } from '#lib/redis';
import { urlOf } from '#lib/redis-address';
import { untilAnswered } from './patience.ts';

type Watcher = {
  /** The key has been written. */
  written(): void;
  /** Redis can be heard and read from now on, at first and after each outage: what was written before may have been missed. */
  listening(): void;
};

/**
 * Calls back when an input key is written, by anyone. Redis' keyspace notifications say so; where the server forbids to turn
 * them on, the collector's own announcement does, and other writers are found by looking now and then. One connection
 * serves all functions; it is opened for the first.
 */
export class InputEvents implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #prefix: string;
  readonly #watchers = new Map<string, Set<Watcher>>();
  readonly #stop = new AbortController();
  /** A write may be told before there is a connection to read it by, and one to read it by before it can be told. */
  readonly #readable = () => this.#listening([...this.#watchers.keys()]);
  #subscriber: Redis | null = null;
  #isNotified = true;

  constructor(ctx: Context) {
    this.#ctx = ctx;
    this.#prefix = `__keyspace@${Number(new URL(urlOf(ctx.config.redis)).pathname.slice(1)) || 0}__:`;
  }

  /** From now on, until it is disposed of. */
  watch(key: string, watcher: Watcher): Disposable {
    const watchers = this.#watchers.get(key) ?? new Set();
    this.#watchers.set(key, watchers.add(watcher));
    if (this.#subscriber === null) void this.#open();
    else if (watchers.size === 1) void this.#subscribe([key]);
    return {
      [Symbol.dispose]: () => {
        watchers.delete(watcher);
        if (watchers.size > 0 || this.#watchers.get(key) !== watchers) return;
        this.#watchers.delete(key);
        void this.#subscriber?.unsubscribe(this.#prefix + key).catch(() => {
          // Redis is away: what it says of this key later is heard by nobody.
        });
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    this.#ctx.redis.off('ready', this.#readable);
    this.#subscriber?.disconnect();
  }

  async #open(): Promise<void> {
    const subscriber = createSubscriber(this.#ctx.config.redis, 'functions', this.#ctx.log);
    this.#subscriber = subscriber;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === this.#ctx.keys.inputWritten) this.#written(message);
      else if (channel.startsWith(this.#prefix) && message === 'set') this.#written(channel.slice(this.#prefix.length));
    });
    // Each time: a Redis that has been restarted knows nothing of what was turned on.
    subscriber.on('ready', () => void this.#listen());
    this.#ctx.redis.on('ready', this.#readable);
    await connect(subscriber);
  }

  async #listen(): Promise<void> {
    const answer = await untilAnswered(() => enableNotifications(this.#ctx), this.#stop.signal);
    if (answer === undefined) return;
    if ('refused' in answer && this.#isNotified)
      this.#ctx.log.warn(
        { reason: answer.refused },
        "Redis does not tell of writes: only the collector's are noticed at once",
      );
    this.#isNotified = !('refused' in answer);
    await this.#subscribe([...this.#watchers.keys()]);
  }

  /** Exactly one source is listened to, so one write is one run. */
  async #subscribe(keys: readonly string[]): Promise<void> {
    const { inputWritten } = this.#ctx.keys;
    const channels = this.#isNotified ? keys.map((key) => this.#prefix + key) : [inputWritten];
    try {
      if (channels.length > 0) await this.#subscriber?.subscribe(...channels);
      if (this.#isNotified) await this.#subscriber?.unsubscribe(inputWritten);
      this.#listening(keys);
    } catch (error) {
      this.#ctx.log.debug({ reason: messageOf(error) }, 'the input keys are not watched yet');
    }
  }

  #listening(keys: readonly string[]): void {
    for (const key of keys) for (const watcher of this.#watchers.get(key) ?? []) watcher.listening();
  }

  #written(key: string): void {
    for (const watcher of this.#watchers.get(key) ?? []) watcher.written();
  }
}

/** Makes Redis tell of writes, where its configuration may be changed. Rejects when it does not answer. */
async function enableNotifications({ redis, log }: Context): Promise<{ enabled: true } | { refused: string }> {
  const name = 'notify-keyspace-events';
  try {
    const answer = await redis.config('GET', name);
    const flags = Array.isArray(answer) ? String(answer[1]) : String(Object.values(Object(answer))[0] ?? '');
    if (flags.includes('K') && /[A$]/.test(flags)) return { enabled: true };
    await redis.config('SET', name, `${flags}K$`);
    log.info(`turned on ${name} in Redis, to run functions as soon as their input is written`);
    return { enabled: true };
  } catch (error) {
    if (error instanceof Error && error.name === 'ReplyError') return { refused: messageOf(error) };
    throw error;
  }
}
