import type { Redis } from 'ioredis';
import type { Context } from '#lib/context';
import { isUnavailable, messageOf, VigiaError } from '#lib/errors';
import { pause } from '#lib/lifecycle';
import { askForWrites } from '#lib/redis-writes';
import { COMMENT_FRAME } from './frames.ts';
import { SignedInViewers } from './signed-in-viewers.ts';
import { Topic } from './topic.ts';
import type { Viewer } from './viewer.ts';

/** Proxies close what is silent for longer. */
const COMMENT_MS = 15_000;
/** How soon a runtime that died, or a Redis that hangs without closing, is noticed. */
const LOOK_MS = 1_000;
const SUBSCRIBE_MS = 1_000;

/** All live feeds of this process over one Redis subscription. */
export class LiveHub implements AsyncDisposable {
  readonly #ctx: Context;
  readonly #subscriber: Redis;
  readonly #topics = new Map<string, Promise<Topic>>();
  readonly #open = new Map<string, Topic>();
  /** How many wait for a topic to open: it must not be closed under them. */
  readonly #joining = new Map<string, number>();
  readonly signedIn: SignedInViewers;
  readonly #stop = new AbortController();
  readonly #comments: NodeJS.Timeout;
  #downSince: number | null = null;
  /** How often Redis was found away: what comes back must not hide that it went again meanwhile. */
  #losses = 0;

  constructor(ctx: Context, subscriber: Redis) {
    this.#ctx = ctx;
    this.#subscriber = subscriber;
    this.signedIn = new SignedInViewers(ctx, subscriber);
    subscriber.on('message', (channel: string, message: string) => this.#open.get(channel)?.message(message));
    subscriber.on('close', () => this.#down());
    this.#comments = setInterval(() => this.#comment(), COMMENT_MS);
    void this.#watch();
  }

  /** How many streams are open. */
  get viewers(): number {
    return [...this.#open.values()].reduce((sum, topic) => sum + topic.viewers.size, 0);
  }

  /** Adds a viewer; rejects with `not_found` before anything was written to it. */
  async join(name: string, viewer: Viewer, after: string | null, opened: () => void): Promise<void> {
    this.#joining.set(name, (this.#joining.get(name) ?? 0) + 1);
    let joined: Promise<void>;
    try {
      const topic = await this.#topic(name);
      opened();
      joined = topic.join(viewer, after);
    } finally {
      const others = (this.#joining.get(name) ?? 1) - 1;
      if (others === 0) this.#joining.delete(name);
      else this.#joining.set(name, others);
    }
    await joined;
    // Whoever comes while the process ends is sent elsewhere with the state.
    if (this.#stop.signal.aborted) viewer.end();
  }

  async leave(name: string, viewer: Viewer): Promise<void> {
    const channel = this.#ctx.keys.live(name);
    const topic = this.#open.get(channel);
    topic?.leave(viewer);
    if (topic === undefined || topic.viewers.size > 0 || this.#joining.has(name)) return;
    this.#topics.delete(name);
    this.#open.delete(channel);
    await this.#subscriber.unsubscribe(channel).catch(() => {
      // Redis is away, and with it the subscription.
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    clearInterval(this.#comments);
    for (const topic of this.#open.values()) for (const viewer of topic.viewers) viewer.end();
  }

  #topic(name: string): Promise<Topic> {
    const known = this.#topics.get(name);
    if (known !== undefined) return known;
    const opening = this.#openTopic(name);
    this.#topics.set(name, opening);
    opening.catch(() => this.#topics.delete(name));
    return opening;
  }

  async #openTopic(name: string): Promise<Topic> {
    const topic = new Topic(this.#ctx, name, () => this.#down());
    const channel = this.#ctx.keys.live(name);
    this.#open.set(channel, topic);
    try {
      await topic.open();
      await this.#subscribe([channel]);
      // What was written between the first look and the subscription.
      await topic.redisIsBack();
    } catch (error) {
      if (!isUnavailable(error)) {
        this.#open.delete(channel);
        throw error;
      }
      this.#down();
      topic.redisIsDown(this.#downSince ?? Date.now());
    }
    return topic;
  }

  /** The subscriber waits for Redis as long as it takes; a viewer must not. */
  async #subscribe(channels: string[]): Promise<void> {
    const patience = new AbortController();
    const late = pause(SUBSCRIBE_MS, patience.signal).then(() => {
      throw new VigiaError('unavailable', 'Redis does not answer');
    });
    await Promise.race([this.#subscriber.subscribe(...channels), late]);
    late.catch(() => {});
    patience.abort();
  }

  #comment(): void {
    for (const topic of this.#open.values()) for (const viewer of topic.viewers) viewer.write(COMMENT_FRAME);
  }

  async #watch(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await pause(LOOK_MS, signal);
      if (this.#open.size === 0 && this.#downSince === null) continue;
      try {
        await this.#look();
      } catch (error) {
        this.#ctx.log.debug({ reason: messageOf(error) }, 'live feed waits for Redis');
        this.#down();
      }
    }
  }

  async #look(): Promise<void> {
    const refused = await askForWrites(this.#ctx);
    const losses = this.#losses;
    if (this.#downSince !== null) {
      const channels = [...this.#open.keys()];
      if (channels.length > 0) await this.#subscribe(channels);
      for (const [channel, topic] of this.#open) await this.#revive(channel, topic);
      if (this.#losses !== losses) return;
      this.#downSince = null;
    }
    for (const topic of this.#open.values()) {
      topic.writesAre(refused);
      await topic.checkRuntime();
    }
  }

  async #revive(channel: string, topic: Topic): Promise<void> {
    try {
      await topic.redisIsBack();
    } catch (error) {
      if (isUnavailable(error)) throw error;
      // There is no such function, or no more: its viewers ask again and are told.
      this.#open.delete(channel);
      this.#topics.delete(topic.name);
      for (const viewer of topic.viewers) viewer.end();
    }
  }

  #down(): void {
    this.#losses += 1;
    if (this.#downSince !== null || this.#stop.signal.aborted) return;
    this.#downSince = Date.now();
    for (const topic of this.#open.values()) topic.redisIsDown(this.#downSince);
  }
}
