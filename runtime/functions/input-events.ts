import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { messageOf } from '#lib/errors';
import { connect, createSubscriber } from '#lib/redis';

type Listener = () => void;

/**
 * Calls back when an input key is written, by anyone. Redis' keyspace notifications say so; where the server forbids to turn
 * them on, the collector's own announcement does, and other writers are found by looking now and then. One connection
 * serves all functions; it is opened for the first.
 */
export class InputEvents implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #redisUrl: string;
  readonly #listeners = new Map<string, Set<Listener>>();
  #opening: Promise<{ subscriber: Redis; channelOf: (key: string) => string }> | null = null;

  constructor(ctx: Context, redisUrl: string) {
    this.#ctx = ctx;
    this.#redisUrl = redisUrl;
  }

  /** From now on, until it is disposed of. */
  watch(key: string, written: Listener): Disposable {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(written));
    if (listeners.size === 1)
      this.#tell(async ({ subscriber, channelOf }) => await subscriber.subscribe(channelOf(key)));
    return {
      [Symbol.dispose]: () => {
        listeners.delete(written);
        if (listeners.size > 0 || this.#listeners.get(key) !== listeners) return;
        this.#listeners.delete(key);
        this.#tell(async ({ subscriber, channelOf }) => {
          if (!this.#listeners.has(key) && channelOf(key) !== this.#ctx.keys.inputWritten)
            await subscriber.unsubscribe(channelOf(key));
        });
      },
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    (await this.#opening?.catch(() => null))?.subscriber.disconnect();
  }

  #tell(say: (opened: { subscriber: Redis; channelOf: (key: string) => string }) => Promise<unknown>): void {
    this.#opening ??= this.#open();
    void this.#opening
      .then(say)
      .catch((error: unknown) => this.#ctx.log.error({ reason: messageOf(error) }, 'cannot watch the input keys'));
  }

  async #open(): Promise<{ subscriber: Redis; channelOf: (key: string) => string }> {
    const subscriber = createSubscriber(this.#redisUrl, 'functions', this.#ctx.log);
    await connect(subscriber);
    const { inputWritten } = this.#ctx.keys;
    const prefix = `__keyspace@${Number(new URL(this.#redisUrl).pathname.slice(1)) || 0}__:`;
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === inputWritten) this.#written(message);
      else if (channel.startsWith(prefix) && message === 'set') this.#written(channel.slice(prefix.length));
    });
    const isNotified = await enableNotifications(this.#ctx);
    return { subscriber, channelOf: (key) => (isNotified ? prefix + key : inputWritten) };
  }

  #written(key: string): void {
    for (const listener of this.#listeners.get(key) ?? []) listener();
  }
}

async function enableNotifications({ redis, log }: Context): Promise<boolean> {
  const name = 'notify-keyspace-events';
  try {
    const answer = await redis.config('GET', name);
    const flags = Array.isArray(answer) ? String(answer[1]) : String(Object.values(Object(answer))[0] ?? '');
    if (flags.includes('K') && /[A$]/.test(flags)) return true;
    await redis.config('SET', name, `${flags}K$`);
    log.info(`turned on ${name} in Redis, to run functions as soon as their input is written`);
    return true;
  } catch (error) {
    log.warn(
      { reason: messageOf(error) },
      `Redis does not allow ${name}: only the collector's writes are noticed at once`,
    );
    return false;
  }
}
